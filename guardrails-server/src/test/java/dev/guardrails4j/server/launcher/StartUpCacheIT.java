package dev.guardrails4j.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The start-up cache of a real JVM, made by {@code guardrails warm}: used if it fits, passed over in silence if not. */
@DisabledOnOs(OS.WINDOWS)
class StartUpCacheIT {

    private static final Path DISTRIBUTION = Path.of(System.getProperty("guardrails.distribution"));

    @TempDir
    private static Path shared;

    /** With a space, since paths have some. */
    private static Path caches;

    private static String madeBy;

    @TempDir
    private Path folder;

    private Path cache;
    private byte[] whole;
    private FileTime made;

    @BeforeAll
    static void makeACacheForMavensJava() throws Exception {
        caches = shared.resolve("the caches");
        Launched warm = new Launched(command(shared, "warm"));

        assertThat(warm.exitCode()).as(warm.output()).isZero();
        madeBy = warm.output();
    }

    @BeforeEach
    void keepTheCache() throws IOException {
        try (Stream<Path> files = Files.list(caches)) {
            cache = files.filter(file -> !file.toString().endsWith(".size"))
                    .findFirst()
                    .orElseThrow();
        }
        whole = Files.readAllBytes(cache);
        made = Files.getLastModifiedTime(cache);
        assertThat(cache.toFile().setWritable(true)).isTrue();
    }

    @AfterEach
    void restoreTheCache() throws IOException {
        Files.write(cache, whole);
        Files.setLastModifiedTime(cache, made);
    }

    @Test
    void isMadeOnceForEachJavaWithNothingLeftBeside() throws IOException {
        assertThat(madeBy).contains("Java " + System.getProperty("java.version"), "will start faster", "MB");
        try (Stream<Path> files = Files.list(caches)) {
            assertThat(files).containsExactlyInAnyOrder(cache, Path.of(cache + ".size"));
        }
        assertThat(cache.getFileName().toString()).contains(System.getProperty("java.version"));
    }

    @Test
    void isUsed() throws Exception {
        assertThat(sharesClasses(command(folder, "--version"))).isTrue();
    }

    @Test
    void isUsedForTheJavaThatTheLauncherTakesSinceTheBuildMadeOne() throws Exception {
        assumeThat(DISTRIBUTION.resolve("cache")).isNotEmptyDirectory();
        ProcessBuilder builder = command(folder, "--version");
        builder.environment().remove("GUARDRAILS_CACHE");
        builder.environment().remove("GUARDRAILS_JAVA_HOME");

        assertThat(sharesClasses(builder)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5_000, 1_000_000})
    void isPassedOverIfItIsTruncated(int bytes) throws Exception {
        Files.write(cache, Arrays.copyOf(whole, bytes));

        assertRunsAsWithout(command(folder, "--version"));
    }

    @Test
    void isPassedOverIfItIsDamaged() throws Exception {
        byte[] damaged = whole.clone();
        for (int i = damaged.length / 2; i < damaged.length / 2 + 10_000; i++) {
            damaged[i] ^= 0x55;
        }
        Files.write(cache, damaged);

        assertRunsAsWithout(command(folder, "--version"));
    }

    @Test
    void isPassedOverIfItIsSomethingElse() throws Exception {
        Files.write(cache, new byte[whole.length]);

        assertRunsAsWithout(command(folder, "--version"));
    }

    @Test
    void isPassedOverIfAJarIsAnother() throws Exception {
        Path jar;
        try (Stream<Path> files = Files.list(DISTRIBUTION.resolve("lib"))) {
            jar = files.filter(file -> file.getFileName().toString().startsWith("guardrails-server"))
                    .findFirst()
                    .orElseThrow();
        }
        FileTime before = Files.getLastModifiedTime(jar);
        Files.setLastModifiedTime(jar, FileTime.fromMillis(before.toMillis() + 60_000));
        try {
            assertRunsAsWithout(command(folder, "--version"));
            assertThat(sharesClasses(command(folder, "--version"))).isFalse();
        } finally {
            Files.setLastModifiedTime(jar, before);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseSerialGC",
                "-XX:+UseZGC",
                "-XX:-UseCompressedOops",
                "-Xmx3g -XX:+UseParallelGC",
                "-Xshare:off",
                "-Xshare:auto"
            })
    void doesNotGetInTheWayOfOtherOptions(String options) throws Exception {
        ProcessBuilder builder = command(folder, "--version");
        builder.environment().put("GUARDRAILS_JAVA_OPTS", options);

        assertRunsAsWithout(builder);
    }

    @Test
    void isOverwrittenBySomeoneWhoMakesItAgainOnlyWhenTheNewOneIsWhole() throws Exception {
        ProcessBuilder builder = command(folder, "warm");
        builder.environment().put("GUARDRAILS_JAVA_OPTS", "-XX:+NoSuchOption");

        Launched warm = new Launched(builder);

        assertThat(warm.exitCode()).isEqualTo(1);
        assertThat(warm.output()).contains("no start-up cache was made", "everything works without", "NoSuchOption");
        assertThat(cache).hasBinaryContent(whole);
    }

    @Test
    void cannotBePutWhereNothingCanBeWritten() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "", StandardOpenOption.CREATE);
        ProcessBuilder builder = command(folder, "warm");
        builder.environment().put("GUARDRAILS_CACHE", file.resolve("caches").toString());

        Launched warm = new Launched(builder);

        assertThat(warm.exitCode()).isEqualTo(1);
        assertThat(warm.output()).contains("file/caches cannot be written", "set GUARDRAILS_CACHE");
    }

    private void assertRunsAsWithout(ProcessBuilder builder) throws InterruptedException {
        Launched launched = new Launched(builder);

        assertThat(launched.exitCode()).as(launched.output()).isZero();
        assertThat(launched.output().lines())
                .satisfiesExactly(
                        first -> assertThat(first).startsWith("Guardrails4J "),
                        second -> assertThat(second).startsWith("Java "));
    }

    /** Whether the JVM takes our classes from a cache, by what it says itself. */
    private boolean sharesClasses(ProcessBuilder builder) throws IOException, InterruptedException {
        builder.environment().put("GUARDRAILS_JAVA_OPTS", "-Xlog:class+load:file=classes.log");
        Launched launched = new Launched(builder);
        assertThat(launched.exitCode()).as(launched.output()).isZero();
        return Files.readString(folder.resolve("classes.log"))
                .contains("dev.guardrails4j.server.Main source: shared objects file");
    }

    private static ProcessBuilder command(Path folder, String... arguments) {
        ProcessBuilder builder = new ProcessBuilder(
                DISTRIBUTION.resolve("bin").resolve("guardrails").toString());
        builder.command().addAll(List.of(arguments));
        builder.directory(folder.toFile());
        builder.environment().put("GUARDRAILS_JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("GUARDRAILS_CACHE", caches.toString());
        return builder;
    }
}
