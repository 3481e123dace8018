package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("The configurations of a server, contract \"chat server\" 1.5, 1.11 and 4")
class ConfigFoldersTest {

    @TempDir
    Path temporary;

    private Path root;

    @BeforeEach
    void makeRoot() throws IOException {
        root = Files.createDirectories(temporary.resolve("root"));
    }

    @Nested
    class WithSeveralConfigurations {

        private ConfigFolders folders;

        @BeforeEach
        void write() throws IOException {
            Reading.write(root, "support/config.yml", "{}");
            Reading.write(root, "billing/config.yaml", "{}");
            Reading.write(root, "a-b/config/config.yml", "{}");
            Reading.write(root, "_template/config.yml", "{}");
            Reading.write(root, ".hidden/config.yml", "{}");
            Reading.write(root, "notes/readme.md", "");
            Reading.write(root, "challenges.json", "[]");
            folders = ConfigFolders.at(root);
        }

        @Test
        void listsThemSorted() {
            assertThat(folders.singleId()).isEmpty();
            assertThat(folders.ids()).containsExactly("a-b", "billing", "support");
        }

        @Test
        void seesConfigurationsThatAreAddedLater() {
            Reading.write(root, "added/config.yml", "{}");

            assertThat(folders.ids()).contains("added");
            assertThat(folders.folder("added")).isEqualTo(root.resolve("added"));
        }

        @Test
        void findsTheFolderOfAnId() {
            assertThat(folders.folder("support")).isEqualTo(root.resolve("support"));
            assertThat(folders.folder("a-b")).isEqualTo(root.resolve("a-b"));
            assertThat(folders.contains("a-b")).isTrue();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    " ",
                    ".",
                    "..",
                    "/",
                    "\\",
                    "a/b",
                    "a\\b",
                    "support/",
                    "/support",
                    "../root/support",
                    "support/../support",
                    "./support",
                    "a..b",
                    "/etc",
                    "C:\\x",
                    "%2e",
                    "%2E%2e",
                    "support%2fconfig",
                    "support%5Cconfig",
                    "%252e%252e",
                    "%25252fx",
                    "support%00",
                    "support\0",
                    "sup\nport",
                    "\u007f"
                })
        void refusesIdsThatAreNoPlainName(String id) {
            assertThatThrownBy(() -> folders.folder(id))
                    .isInstanceOf(InvalidConfigIdException.class)
                    .hasMessage("Invalid config_id.");
            assertThat(folders.contains(id)).isFalse();
        }

        @Test
        void refusesIdsThatAreTooLong() {
            assertThatThrownBy(() -> folders.folder("a".repeat(256))).hasMessage("Invalid config_id.");
            assertThatThrownBy(() -> folders.folder("a".repeat(255)))
                    .hasMessageStartingWith("Invalid config path 'aaa");
        }

        @ParameterizedTest
        @ValueSource(strings = {"missing", "_template", ".hidden", "notes", "challenges.json", "Support "})
        void refusesIdsThatNameNoConfiguration(String id) {
            assertThatThrownBy(() -> folders.folder(id))
                    .isInstanceOf(InvalidConfigIdException.class)
                    .hasMessageStartingWith("Invalid config path '" + id + "'")
                    .hasMessageNotContaining(temporary.toString());
            assertThat(folders.contains(id)).isFalse();
        }

        @Test
        void suggestsTheNearestId() {
            assertThatThrownBy(() -> folders.folder("suport"))
                    .hasMessage("Invalid config path 'suport'; did you mean 'support'?");
        }

        @Test
        void refusesLinksThatLeaveTheRoot() throws IOException {
            Path outside = Reading.write(temporary, "outside/config.yml", "{}").getParent();
            Files.createSymbolicLink(root.resolve("escape"), outside);
            Files.createSymbolicLink(root.resolve("self"), root);
            Files.createSymbolicLink(root.resolve("dangling"), root.resolve("gone"));

            assertThatThrownBy(() -> folders.folder("escape"))
                    .isInstanceOf(InvalidConfigIdException.class)
                    .hasMessage("Access to the specified path is not allowed.");
            assertThatThrownBy(() -> folders.folder("self")).hasMessage("Access to the specified path is not allowed.");
            assertThatThrownBy(() -> folders.folder("dangling")).hasMessage("Invalid config path 'dangling'");
            assertThat(List.of("escape", "self", "dangling")).noneMatch(folders::contains);
            assertThat(folders.ids()).containsExactly("a-b", "billing", "support");
        }

        @Test
        void refusesARootWhoseNameOnlyBeginsLikeTheRoots() throws IOException {
            Path sibling =
                    Reading.write(temporary, "root-of-others/config.yml", "{}").getParent();
            Files.createSymbolicLink(root.resolve("sibling"), sibling);

            assertThatThrownBy(() -> folders.folder("sibling"))
                    .hasMessage("Access to the specified path is not allowed.");
        }

        @Test
        void followsLinksThatStayBelowTheRoot() throws IOException {
            Files.createSymbolicLink(root.resolve("alias"), root.resolve("support"));

            assertThat(folders.folder("alias")).isEqualTo(root.resolve("alias"));
            assertThat(folders.ids()).contains("alias");
        }

        @Test
        void worksBelowARootThatIsALinkItself() throws IOException {
            Path link = Files.createSymbolicLink(temporary.resolve("link"), root);

            assertThat(ConfigFolders.at(link).folder("support")).isEqualTo(link.resolve("support"));
        }
    }

    @Nested
    class WithOneConfiguration {

        @ParameterizedTest
        @ValueSource(strings = {"config.yml", "config.yaml", "config/config.yml"})
        void hasTheNameOfTheRootForItsOnlyId(String file) {
            Reading.write(root, file, "{}");
            Reading.write(root, "sub/config.yml", "{}");
            ConfigFolders folders = ConfigFolders.at(root);

            assertThat(folders.singleId()).contains("root");
            assertThat(folders.ids()).containsExactly("root");
            assertThat(folders.folder("root")).isEqualTo(root);
            assertThatThrownBy(() -> folders.folder("sub"))
                    .isInstanceOf(InvalidConfigIdException.class)
                    .hasMessage("Invalid config path 'sub'");
            assertThatThrownBy(() -> folders.folder(".")).hasMessage("Invalid config_id.");
        }

        @Test
        void knowsTheNameOfAPathThatEndsInADot() {
            Reading.write(root, "config.yml", "{}");

            assertThat(ConfigFolders.at(root.resolve(".")).singleId()).contains("root");
        }
    }

    @Test
    void saysThatThereIsNoSuchRoot() {
        assertThatThrownBy(() -> ConfigFolders.at(root.resolve("gone")))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage(root.resolve("gone") + ": no such folder; give one that holds a config.yml, or one with a"
                        + " sub-folder for each configuration");
    }
}
