package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.testkit.ScriptedUpstream;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The parts in examples/configs make a configuration for every request: contract \"chat server\" 4.5")
class CombinedExamplesTest {

    private static final Path EXAMPLES = Path.of("../examples/configs");

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private RunningServer server;

    @BeforeEach
    void start() {
        upstream.answerWhen("The message: \\\"something evil", "Yes")
                .answerWhen("The message: ", "No")
                .answerWhen("The answer: \\\"an evil answer", "Yes")
                .answerWhen("The answer: ", "No")
                .answerWhen("provoke", "an evil answer")
                .answer("Hi there!");
        server = RunningServer.start(
                EXAMPLES,
                RunningServer.settings("", Optional.empty()),
                Map.of("MAIN_MODEL_BASE_URL", upstream.baseUrl(), "OPENAI_API_KEY", "unused"));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void mainAloneChecksNothing() {
        assertThat(rail(ask("something evil", "main"))).isEmpty();
        assertThat(upstream.received()).hasSize(1);
    }

    @Test
    void eachPartAddsItsRail() {
        assertThat(rail(ask("something evil", "main", "input_checking"))).contains("self check input");
        assertThat(rail(ask("provoke", "main", "input_checking"))).isEmpty();
        assertThat(rail(ask("provoke", "main", "output_checking"))).contains("self check output");
    }

    @Test
    void allTogetherCheckBothWays() {
        String[] all = {"main", "input_checking", "output_checking"};

        HttpResponse<String> answer = ask("Hello!", all);

        assertThat(json(answer).at("/choices/0/message/content").asText()).isEqualTo("Hi there!");
        assertThat(json(answer).at("/guardrails/config_id").asText()).isEqualTo("main");
        assertThat(upstream.received()).hasSize(3);
        assertThat(rail(ask("something evil", all))).contains("self check input");
        assertThat(rail(ask("provoke", all))).contains("self check output");
    }

    private HttpResponse<String> ask(String text, String... configIds) {
        return server.chat("""
                {"model": "", "messages": [{"role": "user", "content": "%s"}], "guardrails": {"config_ids": ["%s"]}}""".formatted(text, String.join("\", \"", configIds)));
    }

    private static Optional<String> rail(HttpResponse<String> answer) {
        assertThat(answer.statusCode()).isEqualTo(200);
        return answer.headers().firstValue("X-Guardrails-Rail");
    }
}
