package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FolderReaderTest {

    @TempDir
    Path folder;

    private LoadedConfig load(Path path) {
        return Reading.loader().load(path);
    }

    private List<String> problems(Path path) {
        return load(path).problems().stream()
                .map(problem -> problem.toString().replace(folder.toString(), "ROOT"))
                .toList();
    }

    private List<String> tasks() {
        return load(folder).config().prompts().stream().map(PromptConfig::task).toList();
    }

    private static String prompt(String task) {
        return "prompts: [{task: " + task + ", content: x}]";
    }

    @Test
    void readsFilesByNameAndFoldersAfterFiles() {
        Reading.write(folder, "b.yaml", prompt("second"));
        Reading.write(folder, "a.yml", prompt("first"));
        Reading.write(folder, "a/z.yml", prompt("third"));
        Reading.write(folder, "a/deep/a.yml", prompt("fourth"));
        Reading.write(folder, "c.yml", prompt("second-and-a-half"));
        Reading.write(folder, "notes.txt", "not: yaml: at all");

        assertThat(tasks()).containsExactly("first", "second", "second-and-a-half", "third", "fourth");
        assertThat(load(folder).problems()).isEmpty();
    }

    @Test
    void passesOverTheSettingsOfTheServer() {
        Reading.write(folder, "config.yml", prompt("own"));
        Reading.write(folder, "server.yml", "server: {port: 1}");
        Reading.write(folder, "below/server.yml", prompt("below"));

        assertThat(tasks()).containsExactly("own", "below");
        assertThat(load(folder).problems()).isEmpty();
    }

    @Test
    void followsLinksAndReadsWhatIsReachedTwiceOnce() throws IOException {
        Path shared =
                Reading.write(folder, "shared/prompts.yml", prompt("shared")).getParent();
        Path config = Reading.write(folder, "config/config.yml", prompt("own")).getParent();
        Files.createSymbolicLink(config.resolve("linked"), shared);
        Files.createSymbolicLink(config.resolve("again"), shared);
        Files.createSymbolicLink(config.resolve("z.yml"), shared.resolve("prompts.yml"));
        Files.createSymbolicLink(config.resolve("circle"), config);

        LoadedConfig loaded = load(config);

        assertThat(loaded.config().prompts()).extracting(PromptConfig::task).containsExactly("own", "shared");
        assertThat(loaded.problems()).isEmpty();
    }

    @Test
    void namesLinksThatLeadNowhere() throws IOException {
        Files.createSymbolicLink(folder.resolve("config.yml"), folder.resolve("gone.yml"));

        assertThat(problems(folder)).containsExactly("ROOT/config.yml: a link to a file that does not exist");
    }

    @Test
    void readsAMountedConfigMapOnce() throws IOException {
        Reading.write(folder, "..2024_01/config.yml", prompt("mounted"));
        Files.createSymbolicLink(folder.resolve("..data"), Path.of("..2024_01"));
        Files.createSymbolicLink(folder.resolve("config.yml"), Path.of("..data/config.yml"));

        assertThat(tasks()).containsExactly("mounted");
        assertThat(load(folder).problems()).isEmpty();
    }

    @Test
    void warnsOfHiddenYamlThatIsNotRead() {
        Reading.write(folder, "config.yml", prompt("own"));
        Reading.write(folder, ".old.yml", prompt("old"));
        Reading.write(folder, ".git/config.yml", prompt("git"));

        assertThat(tasks()).containsExactly("own");
        assertThat(problems(folder))
                .containsExactly("ROOT/.old.yml: warning: not read, because its name begins with a dot");
    }

    @Test
    void boundsDepthAndNumberOfFiles() {
        Reading.write(folder, "deep/config.yml", prompt("own"));
        Reading.write(folder, "deep/" + "d/".repeat(FolderReader.MAX_DEPTH + 1) + "a.yml", prompt("deep"));
        IntStream.range(0, FolderReader.MAX_YAML_FILES + 1)
                .forEach(index -> Reading.write(folder, "many/f" + index + ".yml", prompt("p" + index)));

        assertThat(problems(folder.resolve("deep")))
                .singleElement()
                .asString()
                .endsWith("/d: folders are nested deeper than 20");
        assertThat(problems(folder.resolve("many")))
                .containsExactly("ROOT/many: more than 200 YAML files; is this one configuration?");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    *.md.yml       | a.md.yml
                    drafts         | drafts/a.yml
                    drafts/        | drafts/deep/a.yml
                    drafts/*       | drafts/deep/a.yml
                    *.yml          | deep/a.yml
                    a?.yml         | deep/ab.yml
                    [ab].yml       | b.yml
                    deep/a.yml     | deep/a.yml
                    rails{1}.yml   | rails{1}.yml
                    """)
    void ignoresWhatRailsignoreNames(String pattern, String file) {
        Reading.write(folder, ".railsignore", "# comment\n\n  " + pattern + "  \n");
        Reading.write(folder, "main.yaml", prompt("main"));
        Reading.write(folder, file, prompt("ignored"));

        assertThat(tasks()).containsExactly("main");
        assertThat(load(folder).problems()).isEmpty();
    }

    @Test
    void boundsTheNumberOfEntries() throws IOException {
        for (int index = 0; index <= FolderReader.MAX_ENTRIES; index++) {
            Files.createFile(folder.resolve(index + ".txt"));
        }

        assertThat(problems(folder)).containsExactly("ROOT: more than 10000 files; is this a configuration folder?");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A.yml", "b", "# a.yml", "*/a.yml", "rails{a,b}.yml"})
    void ignoresNothingElse(String pattern) {
        Reading.write(folder, ".railsignore", pattern);
        Reading.write(folder, "a.yml", prompt("a"));

        assertThat(tasks()).containsExactly("a");
    }

    @Test
    void takesRailsignoreFromTheConfigRootWhenThereIsNoOwn() {
        Reading.write(folder, ".railsignore", "*.draft.yml");
        Reading.write(folder, "one/config.yml", prompt("a"));
        Reading.write(folder, "one/x.draft.yml", prompt("b"));

        assertThat(load(folder.resolve("one")).config().prompts())
                .extracting(PromptConfig::task)
                .containsExactly("a");
    }

    @Test
    void namesTheLineOfABadPattern() {
        Reading.write(folder, ".railsignore", "ok\n[a\n!b\n");
        Reading.write(folder, "config.yml", prompt("a"));

        assertThat(problems(folder))
                .containsExactly(
                        "ROOT/.railsignore:2: not a pattern for file names: Missing ']",
                        "ROOT/.railsignore:3: patterns that begin with ! are not supported; list what is to be ignored");
    }

    @Test
    void refusesColangAndPythonThatWouldHaveChangedTheRails() {
        Reading.write(folder, "config.yml", "models: []");
        Reading.write(folder, "rails/disallowed.co", "# topics\ndefine user ask politics\n  \"x\"\n");
        Reading.write(folder, "config.py", "def init(app): pass");
        Reading.write(folder, "actions.py", "x = 1");
        Reading.write(folder, "actions/check.py", "x = 1");
        Reading.write(folder, "tools/helper.py", "x = 1");
        String python =
                ": Python is not executed: bring its rails and actions in a jar, and remove the file or name it in"
                        + " .railsignore";

        assertThat(problems(folder))
                .containsExactly(
                        "ROOT/actions.py" + python,
                        "ROOT/actions/check.py" + python,
                        "ROOT/config.py" + python,
                        "ROOT/rails/disallowed.co: Colang files are not supported: list rails in rails.input.flows and"
                                + " rails.output.flows, write texts to bot_messages, and remove the file or name it in"
                                + " .railsignore",
                        "ROOT/tools/helper.py: warning: Python is not executed");
    }

    @Test
    void letsPassWhatSaysNothingOrIsIgnored() {
        Reading.write(folder, "config.yml", "models: []");
        Reading.write(folder, "empty.co", "\n  # only a comment\n");
        Reading.write(folder, "actions/__init__.py", "from .check import x");
        Reading.write(folder, "config.py", "# nothing\n");
        Reading.write(folder, "old.co", "define flow\n");
        Reading.write(folder, ".railsignore", "old.co");
        Reading.write(folder, "README.md", "# About");

        assertThat(problems(folder)).isEmpty();
    }

    @Test
    void warnsOfAKnowledgeBaseOnce() {
        Reading.write(folder, "config.yml", "models: []");
        Reading.write(folder, "kb/a.md", "# A");
        Reading.write(folder, "kb/more/b.md", "# B");

        assertThat(problems(folder))
                .containsExactly(
                        "ROOT/kb/a.md: warning: the knowledge base is not supported yet: the documents of 'kb' are"
                                + " not used");
    }
}
