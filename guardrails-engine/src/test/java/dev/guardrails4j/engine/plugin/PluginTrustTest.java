package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which jars are let in: with real jars, signed by the JDK's own keytool and jarsigner. */
class PluginTrustTest {

    private static final String LOADED = "plugin.trust.test.loaded";

    @TempDir
    private Path home;

    private Path jar;

    @BeforeEach
    void writeAJarThatTellsWhenItIsRun() throws IOException {
        System.clearProperty(LOADED);
        jar = new JarBuilder()
                .rail("com.acme.CatRail", "no cats", "static { System.setProperty(\"" + LOADED + "\", \"yes\"); }")
                .writeTo(home.resolve("plugins/acme.jar"));
    }

    @Test
    void letsInWhatIsOnTheList() throws IOException {
        Catalogue catalogue = load(allowing(PrivateCopies.sha256(jar)));

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.rail("no cats")).isPresent();
    }

    @Test
    void refusesWhatIsNotOnTheListWithoutOpeningIt() throws IOException {
        Catalogue catalogue = load(allowing("0".repeat(64)));

        assertRefused(
                catalogue,
                "acme.jar is not on the allow-list; if you trust it, add its SHA-256 " + PrivateCopies.sha256(jar));
    }

    @Test
    void anEmptyListLetsNothingIn() {
        assertRefused(load(new PluginTrust(Optional.of(Set.of()), Set.of())), "is not on the allow-list");
    }

    @Test
    void refusesAJarThatWasChangedAfterItWasListed() throws IOException {
        PluginTrust trust = allowing(PrivateCopies.sha256(jar));
        add(jar, "harmless.txt");

        assertRefused(load(trust), "is not on the allow-list");
    }

    @Test
    void everyJarOfAFolderMustBeOnTheList() throws IOException {
        Path first = Files.createDirectories(home.resolve("plugins/acme")).resolve("acme.jar");
        Files.move(jar, first);
        new JarBuilder().resource("data.txt", "data").writeTo(home.resolve("plugins/acme/library.jar"));

        assertRefused(load(allowing(PrivateCopies.sha256(first))), "acme/library.jar is not on the allow-list");
    }

    @Test
    void whatCameWithTheDistributionNeedsNoList() {
        Catalogue catalogue = new PluginLoader(
                        List.of(new PluginFolder(home.resolve("plugins"), Plugin.Origin.BUNDLED)),
                        home.resolve("copies"),
                        allowing("0".repeat(64)))
                .load();

        assertThat(catalogue.rail("no cats")).isPresent();
    }

    @Test
    void letsInWhatAnAcceptedSignerHasSigned() throws Exception {
        key("acme");
        sign("acme");

        assertThat(load(signedBy("acme")).problems()).isEmpty();
    }

    /** All classes of a package must have the same signers, those that were led away from System.exit too. */
    @Test
    void aSignedJarMayHoldAClassThatCallsExit() throws Exception {
        jar = new JarBuilder()
                .rail("com.acme.CatRail", "no cats", "static final Object OTHER = new Leaving();")
                .source("com.acme.Leaving", "class Leaving { void leave() { System.exit(7); } }")
                .writeTo(home.resolve("plugins/acme.jar"));
        key("acme");
        sign("acme");

        Catalogue catalogue = load(signedBy("acme"));

        assertThat(catalogue.problems()).isEmpty();
        Class<?> leaving = catalogue
                .rail("no cats")
                .orElseThrow()
                .rail()
                .getClass()
                .getClassLoader()
                .loadClass("com.acme.Leaving");
        assertThat(leaving.getProtectionDomain().getCodeSource().getCodeSigners())
                .hasSize(1);
        assertThat(leaving.getPackage().getImplementationVersion()).isNull();
    }

    @Test
    void refusesWhatIsNotSigned() throws Exception {
        key("acme");

        assertRefused(load(signedBy("acme")), "acme.jar is not let in: its entry ", " is not signed");
    }

    @Test
    void refusesWhatAnotherHasSigned() throws Exception {
        key("acme");
        key("mallory");
        sign("mallory");

        assertRefused(load(signedBy("acme")), "no accepted signer has signed its entry");
    }

    @Test
    void refusesAnEntryThatWasAddedAfterSigning() throws Exception {
        key("acme");
        sign("acme");
        add(jar, "META-INF/services/java.nio.file.spi.FileSystemProvider");

        assertRefused(load(signedBy("acme")), "FileSystemProvider is not signed");
    }

    @Test
    void refusesAnEntryThatWasChangedAfterSigning() throws Exception {
        key("acme");
        sign("acme");
        add(jar, "META-INF/services/dev.guardrails4j.api.Rail");

        assertRefused(load(signedBy("acme")), "it was changed after it was signed");
    }

    @Test
    void aListedJarNeedsNoSignature() throws Exception {
        key("acme");
        PluginTrust both = new PluginTrust(
                Optional.of(Set.of(PrivateCopies.sha256(jar))), signedBy("acme").signers());

        assertThat(load(both).problems()).isEmpty();
    }

    @Test
    void saysWhatIsWrongWithAKeyStore() throws IOException {
        Path noStore = Files.writeString(home.resolve("text.p12"), "no key store");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> PluginTrust.signersIn(noStore, Optional.of("secret")))
                .withMessageContaining("key store that cannot be read")
                .withMessageNotContaining("secret");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PluginTrust.signersIn(home.resolve("gone.p12"), Optional.empty()))
                .withMessageContaining("not there");
    }

    @Test
    void readsSumsAsToolsPrintThem() {
        assertThat(PluginTrust.sum(" SHA256:" + "AB".repeat(32))).isEqualTo("ab".repeat(32));
        assertThatIllegalArgumentException().isThrownBy(() -> PluginTrust.sum("ab"));
        assertThatIllegalArgumentException().isThrownBy(() -> PluginTrust.sum("g".repeat(64)));
    }

    @Test
    void tellsWhatAJarRegistersWithoutRunningIt() throws IOException {
        PluginInspection found = PluginInspection.of(jar, PluginTrust.EVERYBODY);

        assertThat(found.sha256()).isEqualTo(PrivateCopies.sha256(jar));
        assertThat(found.registered()).containsExactly(new PluginInspection.Registered("rail", "com.acme.CatRail", 17));
        assertThat(found.problems()).isEmpty();
        assertThat(System.getProperty(LOADED)).isNull();
    }

    @Test
    void tellsWhyAJarWouldNotBeLoaded() throws IOException {
        Path bad = new JarBuilder()
                .rail("com.acme.NewRail", "new")
                .forJava("com.acme.NewRail", 99)
                .service(dev.guardrails4j.api.Action.class, "com.acme.GoneAction")
                .resource(PluginManifest.PATH, "api: ^9")
                .writeTo(home.resolve("bad.jar"));

        assertThat(PluginInspection.of(bad, allowing("0".repeat(64))).problems())
                .satisfiesExactlyInAnyOrder(
                        problem -> assertThat(problem).contains("is not on the allow-list"),
                        problem -> assertThat(problem).contains("needs guardrails-api ^9"),
                        problem -> assertThat(problem).startsWith("com.acme.NewRail needs Java 99"),
                        problem -> assertThat(problem).startsWith("com.acme.GoneAction is not in the jar"));
    }

    @Test
    void tellsThatAFileIsNoJar() throws IOException {
        Path text = Files.writeString(home.resolve("text.jar"), "no jar");

        assertThat(PluginInspection.of(text, PluginTrust.EVERYBODY).problems())
                .singleElement()
                .asString()
                .startsWith("text.jar is not a jar that can be read");
    }

    private void assertRefused(Catalogue catalogue, String... messageParts) {
        assertThat(catalogue.rails()).isEmpty();
        assertThat(catalogue.problems())
                .singleElement()
                .extracting(PluginProblem::message)
                .asString()
                .contains(messageParts);
        assertThat(System.getProperty(LOADED)).isNull();
    }

    private Catalogue load(PluginTrust trust) {
        return new PluginLoader(
                        List.of(new PluginFolder(home.resolve("plugins"), Plugin.Origin.DROPPED)),
                        home.resolve("copies"),
                        trust)
                .load();
    }

    private static PluginTrust allowing(String sum) {
        return new PluginTrust(Optional.of(Set.of(sum)), Set.of());
    }

    private PluginTrust signedBy(String alias) {
        return new PluginTrust(Optional.empty(), PluginTrust.signersIn(store(alias), Optional.of("changeit")));
    }

    private Path store(String alias) {
        return home.resolve(alias + ".p12");
    }

    private void key(String alias) throws Exception {
        run("keytool -genkeypair -alias %s -keyalg EC -dname CN=%s -validity 30 -storetype PKCS12 -keystore %s"
                .formatted(alias, alias, store(alias)));
    }

    private void sign(String alias) throws Exception {
        run("jarsigner -keystore %s %s %s".formatted(store(alias), jar, alias));
    }

    /** The passwords of these tools are those of a key store that lives as long as its test. */
    private static void run(String command) throws Exception {
        String[] words = (command.replace("-keystore", "-storepass changeit -keystore")).split(" ");
        words[0] = Path.of(System.getProperty("java.home"), "bin", words[0]).toString();
        Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes());
        assertThat(process.waitFor()).as(said).isZero();
    }

    private static void add(Path jar, String entry) throws IOException {
        try (FileSystem zip = FileSystems.newFileSystem(URI.create("jar:" + jar.toUri()), Map.of())) {
            Path file = zip.getPath(entry);
            if (file.getParent() != null) {
                Files.createDirectories(file.getParent());
            }
            try (OutputStream out = Files.newOutputStream(file)) {
                out.write("com.acme.CatRail # changed".getBytes());
            }
        }
    }
}
