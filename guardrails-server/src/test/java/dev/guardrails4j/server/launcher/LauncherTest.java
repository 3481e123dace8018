package dev.guardrails4j.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher in a checkout whose Maven and Java are scripts that tell how they were called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {

    /** What the launcher uses besides bash. */
    private static final List<String> TOOLS = List.of(
            "bash", "basename", "dirname", "find", "grep", "head", "mkdir", "readlink", "rm", "sed", "tail", "tee");

    private static final FileTime LONG_AGO = FileTime.from(Instant.parse("2020-01-01T00:00:00Z"));

    @TempDir
    private Path folder;

    private Path checkout;
    private Path commands;

    @BeforeEach
    void makeCheckout() throws IOException {
        folder = folder.toRealPath();
        checkout = folder.resolve("checkout");
        write(checkout.resolve("pom.xml"), "<project>\n  <version>1.2.3</version>\n</project>\n");
        write(checkout.resolve("guardrails-server/pom.xml"), "<project/>\n");
        write(checkout.resolve("guardrails-server/src/main/java/A.java"), "class A {}\n");
        Files.copy(Path.of("../guardrails"), checkout.resolve("guardrails"));
        commands = Files.createDirectory(folder.resolve("commands"));
        writeScript(commands.resolve("mvn"), """
                echo "[INFO] Building Guardrails4J Server 1.2.3        [2/7]"
                echo "[INFO] Building jar: guardrails-server.jar"
                home=guardrails-server/target/guardrails-1.2.3
                mkdir -p $home/lib $home/rails
                echo "$@, JDK $JAVA_HOME" >> builds
                >$home/lib/a.jar
                >$home/lib/b.jar
                >guardrails-server/target/distribution.stamp
                """);
        makeJava("jdk-999", "999.1.2");
    }

    @Test
    void buildsWhatIsMissingAndRunsIt() throws Exception {
        Launched launched = run("validate", "some folder");

        assertThat(launched.exitCode()).isZero();
        Path home = checkout.resolve("guardrails-server/target/guardrails-1.2.3");
        assertThat(launched.output())
                .contains("2 of 7  Guardrails4J Server")
                .doesNotContain("Building jar")
                .contains("-Dguardrails.home=" + home)
                .contains("-Dguardrails.files=" + checkout)
                .contains("-cp\n%s/lib/a.jar:%s/lib/b.jar\n".formatted(home, home))
                .endsWith("dev.guardrails4j.server.Main\nvalidate\nsome folder");
        assertThat(builds())
                .singleElement()
                .asString()
                .contains("-Pquick")
                .contains("JDK " + folder.resolve("jdk-999"));
    }

    @Test
    void buildsNothingIfNothingIsNewer() throws Exception {
        run().exitCode();

        Launched second = run();

        assertThat(second.exitCode()).isZero();
        assertThat(builds()).hasSize(1);
        assertThat(second.output()).doesNotContain("Building");
    }

    @Test
    void buildsAgainIfASourceIsNewer() throws Exception {
        run().exitCode();
        age();
        Files.setLastModifiedTime(
                checkout.resolve("guardrails-server/src/main/java/A.java"), FileTime.from(Instant.now()));

        run().exitCode();

        assertThat(builds()).hasSize(2);
    }

    @Test
    void buildsAgainIfASourceWasDeleted() throws Exception {
        run().exitCode();
        age();
        Files.delete(checkout.resolve("guardrails-server/src/main/java/A.java"));

        run().exitCode();

        assertThat(builds()).hasSize(2);
    }

    @Test
    void showsTheErrorAndWhereTheLogIsIfTheBuildFails() throws Exception {
        writeScript(commands.resolve("mvn"), """
                echo "[INFO] all was well so far"
                echo "[ERROR] A.java:[1,7] ';' expected"
                >guardrails-server/target/distribution.stamp
                exit 1
                """);

        Launched launched = run("server");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.output())
                .contains("A.java:[1,7] ';' expected")
                .contains("the build failed")
                .contains(checkout.resolve("target/guardrails-build.log").toString())
                .doesNotContain("all was well", "Main");
        assertThat(checkout.resolve("guardrails-server/target/distribution.stamp"))
                .doesNotExist();
    }

    @Test
    void saysHowToGetMavenIfItIsMissing() throws Exception {
        Files.delete(commands.resolve("mvn"));
        for (String tool : TOOLS) {
            writeScript(commands.resolve(tool), "exec %s \"$@\"%n".formatted(which(tool)));
        }
        ProcessBuilder builder = builder(checkout.resolve("guardrails"), "server");
        builder.environment().put("PATH", commands.toString());

        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.output()).contains("no mvn on the PATH").contains("apt-get install maven");
    }

    @Test
    void buildsNothingInADistribution() throws Exception {
        Path distribution = folder.resolve("distribution");
        write(distribution.resolve("lib/a.jar"), "");
        write(distribution.resolve("rails/README"), "");
        Files.createDirectories(distribution.resolve("bin"));
        Files.copy(Path.of("../guardrails"), distribution.resolve("bin/guardrails"));

        Launched launched = launch(distribution.resolve("bin/guardrails"), "rails");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output())
                .contains("-Dguardrails.home=" + distribution, "-Dguardrails.files=" + distribution);
        assertThat(checkout.resolve("builds")).doesNotExist();
    }

    @Test
    void refusesToRunWhereItDoesNotBelong() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/bin"));
        Files.copy(Path.of("../guardrails"), elsewhere.resolve("guardrails"));

        Launched launched = launch(elsewhere.resolve("guardrails"), "rails");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.output()).contains("neither a distribution", "nor a source checkout");
    }

    @Test
    void canBeCalledThroughALink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("guard"), Path.of("checkout/guardrails"));

        Launched launched = launch(link, "rails");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("-Dguardrails.files=" + checkout);
    }

    @Test
    void takesTheNewestJava() throws Exception {
        makeJava("jdk-998", "998.9.9");
        makeJava("jdk-1000", "1000");
        makeJava("jdk-8", "1.8.0_392");

        Launched launched = launch(checkout.resolve("guardrails"), "--print-jdk");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).isEqualTo(folder.resolve("jdk-1000").toString());
    }

    @Test
    void takesTheJavaOfItsOwnVariableIfThatIsSet() throws Exception {
        Path chosen = makeJava("jdk-17", "17.0.1");
        ProcessBuilder builder = builder(checkout.resolve("guardrails"), "rails");
        builder.environment().put("GUARDRAILS_JAVA_HOME", chosen.toString());

        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("java 17.0.1").doesNotContain("--enable-native-access");
    }

    @Test
    void saysWhatIsNeededIfJavaIsTooOld() throws Exception {
        Path chosen = makeJava("jdk-11", "11.0.2");
        ProcessBuilder builder = builder(checkout.resolve("guardrails"), "rails");
        builder.environment().put("GUARDRAILS_JAVA_HOME", chosen.toString());

        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.output())
                .contains(
                        "JDK 17 or newer is needed", "11.0.2 in " + chosen, "apt-get install openjdk-17-jdk-headless");
    }

    @Test
    void saysThatNoJdkIsNewEnough() throws Exception {
        Launched launched = launch(checkout.resolve("guardrails"), "--print-jdk", "1001");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.output()).contains("no JDK 1001 or newer found");
    }

    @Test
    void refusesAVersionThatIsNone() throws Exception {
        Launched launched = launch(checkout.resolve("guardrails"), "--print-jdk", "a[$(touch broken)]");

        assertThat(launched.exitCode()).isEqualTo(1);
        assertThat(launched.output()).contains("takes a Java version such as 21");
    }

    @Test
    void usesTheStartUpCacheOfTheChosenJava() throws Exception {
        Path cache = makeCache("java-999.1.2-Test.aot", "cache");

        Launched launched = run("rails");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output())
                .contains("-Dguardrails.cache=" + cache, "\n-XX:AOTCache=" + cache + "\n")
                .contains("-Xlog:aot*=off");
    }

    @Test
    void usesAClassDataArchiveBeforeJdk25() throws Exception {
        ProcessBuilder builder = builder(checkout.resolve("guardrails"), "rails");
        builder.environment()
                .put("GUARDRAILS_JAVA_HOME", makeJava("jdk-24", "24.0.1").toString());
        Path cache = makeCache("java-24.0.1-Test.jsa", "cache");
        makeCache("java-24.0.1-Test.aot", "cache");

        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output())
                .contains("\n-XX:SharedArchiveFile=" + cache + "\n")
                .doesNotContain("AOTCache", "-Xlog:aot");
    }

    @Test
    void looksForTheStartUpCacheWhereItIsTold() throws Exception {
        Path cache = folder.resolve("my caches/java-999.1.2-Test.aot");
        write(cache, "cache");
        write(folder.resolve("my caches/java-999.1.2-Test.aot.size"), "5\n");
        makeCache("java-999.1.2-Test.aot", "other");
        ProcessBuilder builder = builder(checkout.resolve("guardrails"), "rails");
        builder.environment()
                .put("GUARDRAILS_CACHE", folder.resolve("my caches").toString());

        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("\n-XX:AOTCache=" + cache + "\n");
    }

    @Test
    void usesNoStartUpCacheOfAnotherJava() throws Exception {
        makeCache("java-999.1.1-Test.aot", "cache");

        Launched launched = run("rails");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).doesNotContain("-XX:AOTCache", "-XX:SharedArchiveFile");
    }

    @ParameterizedTest
    @ValueSource(strings = {"4", "6", "", "05", "x"})
    void usesNoStartUpCacheThatIsNotWhole(String size) throws Exception {
        Path cache = makeCache("java-999.1.2-Test.aot", "cache");
        write(cache.resolveSibling(cache.getFileName() + ".size"), size);

        Launched launched = run("rails");

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("Main\nrails").doesNotContain("-XX:AOTCache");
    }

    @ParameterizedTest
    @CsvSource({
        "GUARDRAILS_JAVA_OPTS, -Xmx1g -XX:AOTCache=mine.aot",
        "GUARDRAILS_JAVA_OPTS, -XX:AOTMode=off",
        "GUARDRAILS_JAVA_OPTS, -Xshare:off",
        "GUARDRAILS_JAVA_OPTS, -XX:SharedArchiveFile=mine.jsa",
        "GUARDRAILS_JAVA_OPTS, -XX:+AutoCreateSharedArchive",
        "GUARDRAILS_JAVA_OPTS, @options.txt",
        "JDK_JAVA_OPTIONS, -Xshare:off",
        "JAVA_TOOL_OPTIONS, -XX:ArchiveClassesAtExit=mine.jsa"
    })
    void usesNoStartUpCacheBesideTheUsersOwn(String variable, String options) throws Exception {
        makeCache("java-999.1.2-Test.aot", "cache");
        ProcessBuilder builder = builder(checkout.resolve("guardrails"), "rails");
        builder.environment().put(variable, options);

        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("Main\nrails").doesNotContain("-XX:AOTCache=" + checkout);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "validate", "rails", "plugins"})
    void runsWhatEndsSoonWithoutTheSecondCompiler(String command) throws Exception {
        Launched launched = run(command);

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("\n-XX:TieredStopAtLevel=1\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"server", "actions-server", "chat", "check", "eval"})
    void runsWhatLastsWithAllThatTheJvmHas(String command) throws Exception {
        Launched launched = run(command);

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("Main\n" + command).doesNotContain("-XX:Tiered");
    }

    @Test
    void leavesTheUsersOptionsToTheServerThatWarmStarts() throws Exception {
        ProcessBuilder builder = builder(checkout.resolve("guardrails"), "warm");
        builder.environment().put("GUARDRAILS_JAVA_OPTS", "-Dx=y");

        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).endsWith("Main\nwarm").doesNotContain("-Dx=y");
    }

    @Test
    void makesAStartUpCacheWithTheFirstBuildOnly() throws Exception {
        run().exitCode();
        age();
        Files.setLastModifiedTime(
                checkout.resolve("guardrails-server/src/main/java/A.java"), FileTime.from(Instant.now()));

        run().exitCode();

        assertThat(builds()).hasSize(2).first().asString().contains("-Dwarm.skip=false");
        assertThat(builds()).last().asString().doesNotContain("warm.skip");
    }

    @Test
    void passesOptionsToTheJvm() throws Exception {
        ProcessBuilder builder = builder(checkout.resolve("guardrails"), "rails");
        builder.environment().put("GUARDRAILS_JAVA_OPTS", "-Xmx2g  -Dx=*");

        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).isZero();
        assertThat(launched.output()).contains("\n-Xmx2g\n-Dx=*\n");
    }

    private Launched run(String... arguments) {
        return launch(checkout.resolve("guardrails"), arguments);
    }

    private Launched launch(Path launcher, String... arguments) {
        return new Launched(builder(launcher, arguments));
    }

    private ProcessBuilder builder(Path launcher, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(launcher.toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile());
        builder.environment().clear();
        builder.environment().put("PATH", commands + ":" + System.getenv("PATH"));
        builder.environment().put("HOME", folder.toString());
        return builder;
    }

    /** A Java where version managers put theirs, that prints its arguments, one a line. */
    private Path makeJava(String name, String version) throws IOException {
        Path home = Files.createDirectories(folder.resolve(name));
        write(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"%s\"\n".formatted(version));
        writeScript(home.resolve("bin/java"), "echo java %s; printf '%%s\\n' \"$@\"\n".formatted(version));
        writeScript(home.resolve("bin/javac"), "");
        Path found = Files.createDirectories(folder.resolve(".jdks")).resolve(name);
        Files.createSymbolicLink(found, home);
        return home;
    }

    /** A whole cache in the built distribution. */
    private Path makeCache(String name, String content) throws Exception {
        run().exitCode();
        Path cache = checkout.resolve("guardrails-server/target/guardrails-1.2.3/cache")
                .resolve(name);
        write(cache, content);
        write(cache.resolveSibling(name + ".size"), content.length() + "\n");
        return cache;
    }

    /** Makes everything old, the distribution less so than the sources. */
    private void age() throws IOException {
        try (var files = Files.walk(checkout)) {
            for (Path file : files.toList()) {
                Files.setLastModifiedTime(file, LONG_AGO);
            }
        }
        Files.setLastModifiedTime(
                checkout.resolve("guardrails-server/target/distribution.stamp"),
                FileTime.from(LONG_AGO.toInstant().plusSeconds(1)));
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(checkout.resolve("builds"));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void writeScript(Path file, String text) throws IOException {
        write(file, "#!/bin/bash\n" + text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static Path which(String tool) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .map(entry -> Path.of(entry, tool))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("this test needs " + tool));
    }
}
