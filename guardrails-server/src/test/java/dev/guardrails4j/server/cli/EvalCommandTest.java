package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvalCommandTest {

    private static final String WORDS = """
            models: []
            rails:
              input: {flows: [regex check input]}
              output: {flows: [regex check output]}
              config:
                regex_detection:
                  input: {patterns: [attack]}
                  output: {patterns: [leak]}
            """;
    private static final String DATA = """
            {"text": "attack now", "label": "bad"}
            {"text": "leak it", "label": "bad"}

            {"text": "sneak in", "label": "bad"}
            {"text": "a heart attack", "label": "safe"}
            {"text": "good morning", "label": "safe"}
            """;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void makeCli() {
        cli = new Cli(folder).file("words/config.yml", WORDS).file("data.jsonl", DATA);
    }

    @Test
    void measuresEachRailAndAllTogether() {
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl")).isZero();

        assertThat(cli.out().lines())
                .anyMatch(line -> line.startsWith("regex check input   1 of 3, 1 of 2  0.333 (0.061-0.792)"))
                .anyMatch(line -> line.startsWith("regex check output  1 of 3, 0 of 2  0.333"))
                .anyMatch(line -> line.startsWith("all rails           2 of 3, 1 of 2  0.667"))
                .anyMatch(line -> line.startsWith("5 texts in "));
    }

    @Test
    void printsFiguresForPrograms() throws IOException {
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--json"))
                .isZero();

        JsonNode report = new ObjectMapper().readTree(cli.out());
        assertThat(report.at("/texts").asInt()).isEqualTo(5);
        assertThat(report.at("/rails/0/flow").asText()).isEqualTo("regex check input");
        assertThat(report.at("/rails/0/confusion/false_positives").asInt()).isEqualTo(1);
        assertThat(report.at("/together/recall/value").asDouble()).isEqualTo(2 / 3.0);
    }

    @Test
    void writesAPageThatHostileTextsCannotBreak() throws IOException {
        cli.file("data.jsonl", "{\"text\": \"<script>alert(1)</script> sneak\", \"label\": \"<b>bad\"}\n");

        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--report", "out.html"))
                .isZero();

        String page = Files.readString(folder.resolve("out.html"));
        assertThat(page)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt; sneak", "&lt;b&gt;bad", "data.jsonl:1")
                .contains("Content-Security-Policy")
                .doesNotContain("<script", "<b>bad", "http://", "https://");
        assertThat(cli.err()).contains("report written to out.html");
    }

    @Test
    void tellsTheNumbersOfLinesThatCannotBeUsedAndMeasuresTheOthers() {
        cli.file("broken.jsonl", "{\"text\": \"attack\", \"label\": \"bad\"}\nnot json\n{\"text\": \"no label\"}\n");

        assertThat(cli.run("eval", "--config", "words", "--data", "broken.jsonl"))
                .isEqualTo(1);

        assertThat(cli.out()).contains("1 of 1, 0 of 0");
        assertThat(cli.err())
                .contains("2 lines could not be used", "broken.jsonl:2: is not JSON", "broken.jsonl:3: has no string");
    }

    @Test
    void measuresOnlyTheRailAskedFor() {
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--flow", "regex check output"))
                .isZero();

        assertThat(cli.out()).contains("regex check output").doesNotContain("regex check input", "all rails");
    }

    @Test
    void namesTheFlowsThereAreIfTheOneAskedForIsNot() {
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--flow", "regex chekc input"))
                .isEqualTo(1);

        assertThat(cli.err()).contains("lists no flow 'regex chekc input'; did you mean 'regex check input'?");
    }

    @Test
    void measuresHalfOfTheData() {
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--half", "work", "--json"))
                .isZero();
        int work = texts();

        cli = new Cli(folder);
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--half", "report", "--json"))
                .isZero();

        assertThat(work + texts()).isEqualTo(5);
        assertThat(cli.out()).contains("\"skipped\" : " + work);
    }

    private int texts() {
        try {
            return new ObjectMapper().readTree(cli.out()).at("/texts").asInt();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void failsIfALimitDoesNotHold() {
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--min-recall", "0.6"))
                .isZero();
        assertThat(cli.run(
                        "eval",
                        "--config",
                        "words",
                        "--data",
                        "data.jsonl",
                        "--min-recall",
                        "0.7",
                        "--max-false-positives",
                        "0.1"))
                .isEqualTo(1);

        assertThat(cli.err())
                .contains("the recall is 0.667, less than 0.7", "the false positive rate is 0.500, more than 0.1");
    }

    @Test
    void failsIfALimitIsSetOnWhatTheDataDoesNotMeasure() {
        cli.file("data.jsonl", "{\"text\": \"attack\", \"label\": \"bad\"}\n");

        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--max-false-positives", "0.1"))
                .isEqualTo(1);

        assertThat(cli.err()).contains("false positive rate was not measured");
    }

    @Test
    void stopsWhenARailAlwaysFails() {
        cli.file("broken/config.yml", """
                        models:
                          - {type: main, engine: openai, model: m, parameters: {base_url: "http://127.0.0.1:1", api_key: k}}
                        rails:
                          input: {flows: [self check input]}
                        prompts:
                          - {task: self_check_input, content: "{{ user_input }}"}
                        """)
                .file("many.jsonl", "{\"text\": \"attack\", \"label\": \"bad\"}\n".repeat(50));

        assertThat(cli.run("eval", "--config", "broken", "--data", "many.jsonl", "--parallel", "8"))
                .isEqualTo(1);

        assertThat(cli.err()).contains("failed on all of the first 20 texts", "self check input");
    }

    @Test
    void refusesWrongUsage() {
        assertThat(cli.run("eval", "--config", "words")).isEqualTo(2);
        assertThat(cli.run("eval", "--config", "words", "--data", "nowhere.jsonl"))
                .isEqualTo(2);
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--parallel", "0"))
                .isEqualTo(2);
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--half", "best"))
                .isEqualTo(2);
        assertThat(cli.run("eval", "--config", "words", "--data", "data.jsonl", "--min-recall", "80"))
                .isEqualTo(2);

        assertThat(cli.err())
                .contains("--data", "there is no file", "--parallel must be from 1", "all, work or report")
                .contains("'80' is not a number from 0 to 1");
    }

    @Test
    void refusesAConfigurationWithoutRails() {
        cli.file("none/config.yml", "models: []\n");

        assertThat(cli.run("eval", "--config", "none", "--data", "data.jsonl")).isEqualTo(1);

        assertThat(cli.err()).contains("has no rails to measure");
    }
}
