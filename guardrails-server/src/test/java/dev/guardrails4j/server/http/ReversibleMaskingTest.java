package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("issue 6: placeholders go to the model and are restored in what the user gets")
class ReversibleMaskingTest {

    private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Z_]+_[a-z0-9]{12}>");
    private static final String RAILS = """
        rails:
          input: {flows: [mask sensitive data on input]}
          output:
            flows: [detect sensitive data on output]
            streaming: {enabled: true, chunk_size: 2, context_size: 1}
          config:
            sensitive_data_detection:
              recognizers: [{supported_entity: QUOTED, deny_list: ['a "quoted" name']}]
              input: {entities: [EMAIL_ADDRESS, QUOTED], reversible: true}
              output: {entities: [EMAIL_ADDRESS]}
        """;

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final ThreadStore threads = ThreadStores.memory(ThreadLimits.DEFAULT);
    private RunningServer server;

    @BeforeEach
    void start() {
        String models = ConfigRoot.models(upstream.baseUrl());
        server = RunningServer.start(
                new ConfigRoot(folder)
                        .config("masked", models + RAILS)
                        .config("unchecked", models + RAILS.replace("detect sensitive data on output", "length check")),
                "",
                threads);
    }

    @AfterEach
    void stop() {
        server.close();
        threads.close();
        upstream.close();
    }

    @Test
    void theModelSeesAPlaceholderAndTheUserReadsTheOriginal() {
        upstream.respond(
                answering(placeholder -> Response.answer("I write to " + placeholder + ", <b>now</b> & soon <")));

        HttpResponse<String> answer = say("masked", "Write to ada@example.com!", "");

        assertThat(upstream.received().get(0).body()).doesNotContain("ada@example.com");
        assertThat(json(answer).at("/choices/0/message/content").textValue())
                .isEqualTo("I write to ada@example.com, <b>now</b> & soon <");
    }

    @Test
    void aPlaceholderThatComesInPiecesIsRestoredInAStream() {
        upstream.respond(answering(placeholder -> Response.stream(pieces("Hi " + placeholder + ", a <b> c <EMA", 4))));

        String streamed = content(say("masked", "I am ada@example.com", ", \"stream\": true"));

        assertThat(streamed).isEqualTo("Hi ada@example.com, a <b> c <EMA");
    }

    @Test
    void whatAToolIsCalledWithIsRestoredAsJson() {
        upstream.respond(answering(placeholder ->
                Response.toolCalls(new ToolCall("1", "mail", "{\"to\": \"%s\"}".formatted(placeholder)))));

        JsonNode answer = json(say("masked", "Mail a \"quoted\" name", ""));

        assertThat(json(answer.at("/choices/0/message/tool_calls/0/function/arguments")
                        .textValue()))
                .isEqualTo(json("{\"to\": \"a \\\"quoted\\\" name\"}"));
    }

    @Test
    void whatAToolIsCalledWithIsRestoredInAStream() {
        upstream.respond(answering(placeholder ->
                Response.streamToolCalls(new ToolCall("1", "mail", "{\"to\": \"%s\"}".formatted(placeholder)))));

        String body =
                say("unchecked", "Mail ada@example.com", ", \"stream\": true").body();

        StringBuilder arguments = new StringBuilder();
        events(body)
                .forEach(event -> arguments.append(event.at("/choices/0/delta/tool_calls/0/function/arguments")
                        .asText("")));
        assertThat(json(arguments.toString())).isEqualTo(json("{\"to\": \"ada@example.com\"}"));
    }

    @Test
    void nobodyIsGivenWhatAnotherPlaceholderStoodFor() {
        List<String> seen = new ArrayList<>();
        upstream.respond(answering(placeholder -> {
            seen.add(placeholder);
            return Response.answer("It is " + seen.get(0));
        }));

        say("masked", "I am ada@example.com", "");
        JsonNode answer = json(say("masked", "I am eve@example.com and want " + seen.get(0), ""));

        assertThat(answer.at("/choices/0/message/content").textValue()).isEqualTo("It is " + seen.get(0));
        assertThat(seen.get(1)).isNotEqualTo(seen.get(0));
    }

    @Test
    void whatIsMaskedIsMaskedInAllOfTheConversation() {
        upstream.respond(answering(placeholder -> Response.answer("fine")));

        server.chat("""
            {"model": "m", "guardrails": {"config_id": "masked"}, "messages": [
              {"role": "user", "content": "Find her."},
              {"role": "assistant", "content": "Is it ada@example.com?"},
              {"role": "user", "content": "Yes, ada@example.com"}]}\
            """);

        assertThat(upstream.received().get(0).body()).doesNotContain("ada@example.com");
    }

    @Test
    void aThreadKeepsThePlaceholders() {
        upstream.respond(answering(placeholder -> Response.answer("Hi " + placeholder)));
        String id = "0123456789abcdef";

        say(
                "masked",
                "I am ada@example.com",
                ", \"guardrails\": {\"config_id\": \"masked\", \"thread_id\": \"" + id + "\"}");
        say("masked", "Who am I?", ", \"guardrails\": {\"config_id\": \"masked\", \"thread_id\": \"" + id + "\"}");

        assertThat(server.get("/v1/threads/" + id).body())
                .doesNotContain("ada@example.com")
                .containsPattern("I am <EMAIL_ADDRESS_.*Hi <EMAIL_ADDRESS_");
        assertThat(upstream.received().get(1).body()).doesNotContain("ada@example.com");
    }

    @Test
    void theLogOfARequestHoldsPlaceholders() {
        upstream.respond(answering(placeholder -> Response.answer("Hi")));

        String body = say(
                        "masked",
                        "I am ada@example.com",
                        ", \"guardrails\": {\"config_id\": \"masked\", \"options\": {\"log\": {\"activated_rails\":"
                                + " true, \"llm_calls\": true}}}")
                .body();

        assertThat(body).contains("mask sensitive data on input").doesNotContain("ada@example.com");
    }

    /** Answers with the first placeholder that the model is sent. */
    private static Function<Received, Response> answering(Function<String, Response> answer) {
        return request -> {
            List<String> placeholders = new ArrayList<>();
            Matcher matcher = PLACEHOLDER.matcher(request.body());
            while (matcher.find()) {
                placeholders.add(matcher.group());
            }
            return answer.apply(placeholders.isEmpty() ? "nobody" : placeholders.get(0));
        };
    }

    private HttpResponse<String> say(String configId, String text, String more) {
        String config = more.contains("guardrails") ? "" : ", \"guardrails\": {\"config_id\": \"" + configId + "\"}";
        return server.chat("{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}]%s%s}"
                .formatted(text.replace("\"", "\\\""), config, more));
    }

    private static String[] pieces(String text, int length) {
        List<String> pieces = new ArrayList<>();
        for (int i = 0; i < text.length(); i += length) {
            pieces.add(text.substring(i, Math.min(text.length(), i + length)));
        }
        return pieces.toArray(String[]::new);
    }

    private static String content(HttpResponse<String> response) {
        StringBuilder content = new StringBuilder();
        events(response.body())
                .forEach(event ->
                        content.append(event.at("/choices/0/delta/content").asText("")));
        return content.toString();
    }

    private static List<JsonNode> events(String body) {
        return body.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> json(line.substring("data: ".length())))
                .toList();
    }
}
