package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.engine.plugin.Plugin.Origin;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What in a folder is a plug-in, and in which order. */
class PluginFolderTest {

    @TempDir
    private Path home;

    @Test
    void aFolderThatDoesNotExistHoldsNoPlugins() {
        Catalogue catalogue = load(new PluginFolder(home.resolve("nowhere"), Origin.DROPPED));

        assertThat(catalogue.plugins()).isEmpty();
        assertThat(catalogue.problems()).isEmpty();
        assertThat(home.resolve("copies")).doesNotExist();
    }

    @Test
    void aFileInPlaceOfTheFolderIsAProblem() throws IOException {
        Path file = Files.createFile(home.resolve("plugins"));

        Catalogue catalogue = load(new PluginFolder(file, Origin.DROPPED));

        assertThat(catalogue.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("is not a folder"));
    }

    @Test
    void passesOverWhatIsNoPlugin() throws IOException {
        Path folder = home.resolve("plugins");
        write(folder, "cats.jar", "cats");
        Files.writeString(folder.resolve("README.md"), "drop jars here");
        Files.writeString(folder.resolve("notes.txt"), "unexpected");
        Files.writeString(folder.resolve("half.jar.tmp"), "being copied");
        Files.writeString(folder.resolve(".hidden.jar"), "being copied");
        Files.createDirectory(folder.resolve(".cache"));

        Catalogue catalogue = load(new PluginFolder(folder, Origin.DROPPED));

        assertThat(catalogue.plugins()).extracting(Plugin::name).containsExactly("cats.jar");
        assertThat(catalogue.problems()).isEmpty();
    }

    @Test
    void aFolderOfJarsIsOnePlugin() throws IOException {
        Path folder = home.resolve("plugins");
        write(folder.resolve("pets"), "cats.jar", "cats");
        write(folder.resolve("pets"), "dogs.jar", "dogs");
        Files.writeString(folder.resolve("pets/LICENSE"), "free");
        Files.writeString(folder.resolve("pets/.hidden.jar"), "being copied");

        Catalogue catalogue = load(new PluginFolder(folder, Origin.DROPPED));

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.plugins()).singleElement().satisfies(plugin -> {
            assertThat(plugin.name()).isEqualTo("pets");
            assertThat(plugin.path()).contains(folder.resolve("pets"));
            assertThat(plugin.origin()).isEqualTo(Origin.DROPPED);
        });
        assertThat(catalogue.rails()).extracting(CataloguedRail::name).containsExactly("cats", "dogs");
    }

    @Test
    void aFolderWithoutJarsIsAProblem() throws IOException {
        Files.createDirectories(home.resolve("plugins/empty/deeper"));

        Catalogue catalogue = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));

        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("empty");
            assertThat(problem.message()).contains("holds no jar", "directly into it");
        });
    }

    @Test
    void aBrokenLinkIsAProblem() throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        Files.createSymbolicLink(home.resolve("plugins/cats.jar"), home.resolve("gone.jar"));

        Catalogue catalogue = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));

        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("cats.jar");
            assertThat(problem.message()).contains("broken link");
        });
    }

    @Test
    void aJarThatIsTooLargeIsAProblem() throws IOException {
        Files.createDirectories(home.resolve("plugins"));
        try (RandomAccessFile sparse =
                new RandomAccessFile(home.resolve("plugins/large.jar").toFile(), "rw")) {
            sparse.setLength(PrivateCopies.MAX_JAR_BYTES + 1);
        }

        Catalogue catalogue = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));

        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("large.jar");
            assertThat(problem.message()).contains("larger than the 512 MiB");
        });
    }

    @Test
    void onlyTheFirstThousandPluginsAreLoaded() throws IOException {
        Path folder = Files.createDirectories(home.resolve("plugins"));
        for (int i = 0; i < 1_001; i++) {
            Files.createFile(folder.resolve("p%04d.jar".formatted(i)));
        }

        Catalogue catalogue = load(new PluginFolder(folder, Origin.DROPPED));

        assertThat(catalogue.problems()).hasSize(1_001);
        assertThat(catalogue.problems().get(999).plugin()).isEqualTo("p0999.jar");
        assertThat(catalogue.problems().get(1_000).message()).contains("1001 plug-ins", "only the first 1000");
    }

    @Test
    void aPluginOfTooManyJarsIsAProblem() throws IOException {
        Path folder = Files.createDirectories(home.resolve("plugins/many"));
        for (int i = 0; i < 501; i++) {
            Files.createFile(folder.resolve(i + ".jar"));
        }

        Catalogue catalogue = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));

        assertThat(catalogue.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("501 jars, more than the 500"));
    }

    @Test
    void pluginsComeBundledFirstThenByFolderThenByFileName() throws IOException {
        List<String> names = List.of("b.jar", "B.jar", "a.jar", "c.jar");
        for (String folder : List.of("first", "second", "bundled")) {
            List<String> shuffled = new ArrayList<>(names);
            java.util.Collections.rotate(shuffled, folder.length());
            for (String name : shuffled) {
                write(home.resolve(folder), name, folder + " " + name.replace(".jar", ""));
            }
        }

        Catalogue catalogue = load(
                new PluginFolder(home.resolve("second"), Origin.DROPPED),
                new PluginFolder(home.resolve("first"), Origin.DROPPED),
                new PluginFolder(home.resolve("bundled"), Origin.BUNDLED));

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.plugins())
                .extracting(
                        plugin -> home.relativize(plugin.path().orElseThrow()).toString())
                .containsExactly(
                        "bundled/B.jar",
                        "bundled/a.jar",
                        "bundled/b.jar",
                        "bundled/c.jar",
                        "second/B.jar",
                        "second/a.jar",
                        "second/b.jar",
                        "second/c.jar",
                        "first/B.jar",
                        "first/a.jar",
                        "first/b.jar",
                        "first/c.jar");
        assertThat(catalogue.rails()).extracting(CataloguedRail::name).isSorted();
    }

    @Test
    void aFolderNamedTwiceIsReadOnce() throws IOException {
        write(home.resolve("plugins"), "cats.jar", "cats");

        Catalogue catalogue = load(
                new PluginFolder(home.resolve("plugins"), Origin.DROPPED),
                new PluginFolder(home.resolve("copies/../plugins"), Origin.DROPPED));

        assertThat(catalogue.problems()).isEmpty();
        assertThat(catalogue.plugins()).hasSize(1);
    }

    @Test
    void aFolderForCopiesThatCannotBeMadeIsAProblemOfEveryPlugin() throws IOException {
        write(home.resolve("plugins"), "cats.jar", "cats");
        Files.createFile(home.resolve("copies"));

        Catalogue catalogue = load(new PluginFolder(home.resolve("plugins"), Origin.DROPPED));

        assertThat(catalogue.plugins()).isEmpty();
        assertThat(catalogue.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.plugin()).isEqualTo("cats.jar");
            assertThat(problem.message()).contains("cannot be read or copied", "copies");
        });
    }

    private Catalogue load(PluginFolder... folders) {
        return new PluginLoader(List.of(folders), home.resolve("copies")).load();
    }

    private static void write(Path folder, String jar, String rail) throws IOException {
        new JarBuilder()
                .rail("com.acme." + rail.replaceAll("\\W", "") + "Rail", rail)
                .writeTo(folder.resolve(jar));
    }
}
