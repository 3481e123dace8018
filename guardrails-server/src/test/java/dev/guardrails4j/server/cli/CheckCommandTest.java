package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckCommandTest {

    private static final String RAILS = """
            rails:
              input: {flows: [regex check input]}
              output: {flows: [regex check output]}
              config:
                regex_detection:
                  input: {patterns: [evil]}
                  output: {patterns: [wicked]}
            """;

    @TempDir
    private Path folder;

    private Cli cli;

    @BeforeEach
    void writeConfig() {
        cli = new Cli(folder).file("config.yml", RAILS);
    }

    @Test
    void passesWhatNoRailObjectsTo() {
        int exitCode = check("Hello!");

        assertThat(exitCode).isZero();
        assertThat(cli.out()).matches("passed\\R {5}\\[input\\] regex check input: passed, \\d+ ms\\R");
        assertThat(cli.err()).isEmpty();
    }

    @Test
    void namesTheRailThatBlocks() {
        int exitCode = check("evil");

        assertThat(exitCode).isEqualTo(1);
        assertThat(cli.out()).startsWith("blocked by 'regex check input': matches a configured pattern");
    }

    @Test
    void showsWhatRailsMadeOfIt() {
        cli.file("config.yml", """
                rails:
                  input: {flows: [mask sensitive data on input]}
                  config: {sensitive_data_detection: {input: {entities: [EMAIL_ADDRESS]}}}
                """);

        assertThat(check("Write to ann@example.com.")).isZero();
        assertThat(check("--json", "Write to ann@example.com.")).isZero();

        assertThat(cli.out()).startsWith("modified: Write to <EMAIL_ADDRESS>.");
        assertThat(cli.out()).contains("{\"status\":\"modified\",\"content\":\"Write to <EMAIL_ADDRESS>.\"}");
    }

    @Test
    void looksAtWhatTheAssistantSaysWithOutputRails() {
        assertThat(check("--role", "assistant", "evil")).isZero();
        assertThat(check("--role", "assistant", "wicked")).isEqualTo(1);

        assertThat(cli.out()).contains("blocked by 'regex check output'");
    }

    @Test
    void answersInJson() {
        int exitCode = check("--json", "evil");

        assertThat(exitCode).isEqualTo(1);
        assertThat(cli.out().strip())
                .isEqualTo("{\"status\":\"blocked\",\"rail\":\"regex check input\","
                        + "\"reason\":\"matches a configured pattern\"}");
    }

    @Test
    void warnsIfNoRailLooks() {
        assertThat(check("--role", "tool", "evil")).isZero();

        assertThat(cli.err()).contains("lists no rails in rails.tool_input.flows: what the tool says is not checked");
    }

    @Test
    void answersEachLineInItsOrder() {
        cli.typing("""
                Hello!
                evil

                {"id": "a7", "text": "evil"}
                {"text": "evil", "role": "assistant"}
                {"id": 9, "messages": [{"role": "user", "content": "Hello!"}, {"role": "assistant", "content": "wicked"}]}
                {"id": 10, "text": 1}
                {"text": "evil", "role": "robot"}
                {"text": "evil"
                {"id": 11, "messages": [{"role": "user"}]}
                [evil]""");

        int exitCode = check("-");

        assertThat(exitCode).isEqualTo(1);
        assertThat(cli.out().lines())
                .containsExactly(
                        "{\"line\":1,\"status\":\"passed\"}",
                        "{\"line\":2,\"status\":\"blocked\",\"rail\":\"regex check input\","
                                + "\"reason\":\"matches a configured pattern\"}",
                        "{\"line\":4,\"id\":\"a7\",\"status\":\"blocked\",\"rail\":\"regex check input\","
                                + "\"reason\":\"matches a configured pattern\"}",
                        "{\"line\":5,\"status\":\"passed\"}",
                        "{\"line\":6,\"id\":9,\"status\":\"blocked\",\"rail\":\"regex check output\","
                                + "\"reason\":\"matches a configured pattern\"}",
                        "{\"line\":7,\"id\":10,\"status\":\"error\",\"error\":\"line 7 has neither a string 'text' nor"
                                + " 'messages'; say with --text-field where the text is\"}",
                        "{\"line\":8,\"status\":\"error\",\"error\":\"line 8 has a role other than user, assistant,"
                                + " tool\"}",
                        "{\"line\":9,\"status\":\"error\",\"error\":\"line 9 is not a JSON object: 15: JSON decode"
                                + " error\"}",
                        "{\"line\":10,\"id\":11,\"status\":\"error\",\"error\":\"line 10 has messages"
                                + " that are none of a chat request: messages.0.content: Field required\"}",
                        "{\"line\":11,\"status\":\"blocked\",\"rail\":\"regex check input\","
                                + "\"reason\":\"matches a configured pattern\"}");
        assertThat(cli.err()).startsWith("10 lines: 2 passed, 0 modified, 4 blocked, 4 could not be checked; ");
    }

    @Test
    void keepsTheOrderOfManyLines() {
        cli.typing(IntStream.rangeClosed(1, 3_000)
                .mapToObj(i -> i % 100 == 0 ? "evil " + "x".repeat(20_000) : "Hello " + i)
                .collect(Collectors.joining("\n")));

        assertThat(check("--parallel", "16", "-")).isEqualTo(1);

        List<String> lines = cli.out().lines().toList();
        assertThat(lines).hasSize(3_000);
        for (int i = 1; i <= lines.size(); i++) {
            assertThat(lines.get(i - 1))
                    .startsWith("{\"line\":%d,\"status\":\"%s\"".formatted(i, i % 100 == 0 ? "blocked" : "passed"));
        }
    }

    @Test
    void readsTheTextWhereItIsSaidToBe() {
        cli.typing("{\"prompt\": \"evil\"}\n");

        assertThat(check("--text-field", "prompt", "-")).isEqualTo(1);
        assertThat(cli.out()).contains("\"status\":\"blocked\"");
    }

    @Test
    void isContentIfEverythingMayPass() {
        cli.typing("Hello!\n");

        assertThat(check("-")).isZero();
        assertThat(cli.err()).startsWith("1 line: 1 passed,");
    }

    @Test
    void failsIfALineCouldNotBeChecked() {
        cli.typing("{}\n");

        assertThat(check("-")).isEqualTo(1);
    }

    @Test
    void refusesWhatItCannotDo() {
        assertThat(check("--role", "robot", "x")).isEqualTo(2);
        assertThat(check("--parallel", "0", "-")).isEqualTo(2);
        assertThat(check()).isEqualTo(2);

        assertThat(cli.err())
                .contains("'robot' is none of user, assistant, tool")
                .contains("--parallel must be from 1 to 256, not 0")
                .contains("TEXT");
    }

    @Test
    void takesATextThatBeginsWithADash() {
        assertThat(check("--", "-evil")).isEqualTo(1);
    }

    @Test
    void saysThatARailsModelCannotBeReached() {
        cli.file("config.yml", """
                models: [{type: main, engine: openai, model: m, api_key_env_var: KEY,
                          parameters: {base_url: 'http://127.0.0.1:1/v1', max_attempts: 1}}]
                rails: {input: {flows: [self check input]}}
                prompts: [{task: self_check_input, content: '{{ user_input }}'}]
                """).with("KEY", "secret");
        cli.typing("Hello!\n{\"id\": 2, \"text\": \"Hello!\"}\n");

        assertThat(check("Hello!")).isEqualTo(1);
        assertThat(cli.err())
                .contains("guardrails: the text could not be checked:")
                .doesNotContain("secret");
        assertThat(check("-")).isEqualTo(1);
        assertThat(cli.out().lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"status\":\"error\"") && !line.contains("127.0.0.1"));
    }

    private int check(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "check";
        all[1] = "--config";
        all[2] = folder.toString();
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        return cli.run(all);
    }
}
