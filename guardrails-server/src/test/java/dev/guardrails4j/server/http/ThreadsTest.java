package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.error;
import static dev.guardrails4j.server.http.RunningServer.json;
import static java.util.concurrent.TimeUnit.SECONDS;
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
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("chat-server-contract 5 and DESIGN 5: threads over HTTP")
class ThreadsTest {

    private static final String ID = "0123456789abcdef";
    private static final String THREAD = "/v1/threads/" + ID;

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private ThreadStore threads;
    private RunningServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().respond(ThreadsTest::judgeOrAnswer);
        open(ThreadLimits.DEFAULT, "");
    }

    private void open(ThreadLimits limits, String prefix) {
        threads = ThreadStores.memory(limits);
        server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()), prefix, threads);
    }

    @AfterEach
    void stop() {
        server.close();
        threads.close();
        upstream.close();
    }

    /** Both judges find fault with "evil" only. */
    private static Response judgeOrAnswer(Received request) {
        boolean judged = request.body().contains("INPUT: ") || request.body().contains("OUTPUT: ");
        if (judged) {
            return Response.answer(request.body().contains("evil") ? "Yes" : "No");
        }
        return Response.answer(request.body().contains("provoke") ? "an evil answer" : "Hi there!");
    }

    @Test
    void sendsTheModelWhatWasSaidBefore() {
        say("pass", "My name is Ann.");
        say("pass", "What is my name?");

        JsonNode asked = json(upstream.received().get(1).body()).path("messages");
        assertThat(asked.findValuesAsText("content"))
                .containsExactly("My name is Ann.", "Hi there!", "What is my name?");
        assertThat(asked.findValuesAsText("role")).containsExactly("user", "assistant", "user");
    }

    @Test
    void showsListsAndDeletesAThread() {
        say("pass", "Hello!");

        assertThat(json(server.get(THREAD))).isEqualTo(json("""
                {"id": "%s", "object": "thread", "messages": [
                  {"role": "user", "content": "Hello!"}, {"role": "assistant", "content": "Hi there!"}]}
                """.formatted(ID)));
        JsonNode list = json(server.get("/v1/threads"));
        assertThat(list.path("has_more").asBoolean()).isFalse();
        assertThat(list.at("/data/0/id").asText()).isEqualTo(ID);
        assertThat(list.at("/data/0/message_count").asInt()).isEqualTo(2);
        assertThat(list.at("/data/0/updated_at").asLong()).isPositive();

        HttpResponse<String> deleted = server.send("DELETE", THREAD, "");

        assertThat(json(deleted)).isEqualTo(json("""
                {"id": "%s", "object": "thread.deleted", "deleted": true}""".formatted(ID)));
        assertThat(kept()).isEmpty();
        assertThat(server.send("DELETE", THREAD, "").statusCode()).isEqualTo(404);
        assertThat(json(server.get(THREAD))).isEqualTo(error("There is no such thread", "not_found_error", null, null));
    }

    @Test
    @DisplayName("contract 5, DESIGN 5: streamed turns are kept as any other")
    void keepsWhatWasStreamed() {
        HttpResponse<String> streamed = server.chat("""
                {"model": "m", "stream": true, "messages": [{"role": "user", "content": "Hello!"}],
                 "guardrails": {"thread_id": "%s"}}""".formatted(ID));
        assertThat(streamed.body()).contains("[DONE]");

        JsonNode kept = json(server.get("/v1/threads/" + ID)).path("messages");

        assertThat(kept).hasSize(2);
        assertThat(kept.get(1).path("content").asText()).isEqualTo("Hi there!");
    }

    @Test
    @DisplayName("contract 5: a result of a tool that nobody called is served")
    void takesAResultThatAnswersNoCall() {
        HttpResponse<String> answer = server.chat("""
                {"model": "m", "messages": [{"role": "tool", "tool_call_id": "c", "content": "42"}],
                 "guardrails": {"thread_id": "%s"}}""".formatted(ID));

        assertThat(answer.statusCode()).isEqualTo(200);
    }

    @Test
    @DisplayName("contract 5: null is no thread")
    void keepsNothingWithoutAThread() {
        server.chat("""
                {"model": "m", "messages": [{"role": "user", "content": "Hello!"}], "guardrails": {"thread_id": null}}""");

        assertThat(json(server.get("/v1/threads")).path("data")).isEmpty();
    }

    @Test
    void keepsNeitherTheContextMessageNorTheAnswersReasoning() {
        upstream.respond(request -> Response.reasoned("Let me think.", "Hi there!"));

        chat(
                "pass",
                "[{\"role\": \"context\", \"content\": {\"secret\": 1}}, {\"role\": \"user\", \"content\": \"Hello!\"}]");

        assertThat(server.get(THREAD).body()).doesNotContain("secret", "think").contains("Hi there!");
    }

    @Test
    void keepsToolCallsAndTheirResults() {
        upstream.respond(request -> Response.toolCalls(new ToolCall("call_1", "look", "{}")));
        say("pass", "Look!");
        upstream.respond(request -> Response.answer("A cat."));

        HttpResponse<String> answer =
                chat("pass", "[{\"role\": \"tool\", \"tool_call_id\": \"call_1\", \"content\": \"cat\"}]");

        assertThat(answer.statusCode()).isEqualTo(200);
        JsonNode asked = json(upstream.received().get(1).body()).path("messages");
        assertThat(asked.at("/1/tool_calls/0/id").asText()).isEqualTo("call_1");
        assertThat(asked.at("/2/tool_call_id").asText()).isEqualTo("call_1");
        assertThat(kept())
                .extracting(message -> message.path("role").asText())
                .containsExactly("user", "assistant", "tool", "assistant");
    }

    @Test
    @DisplayName("an attack that was blocked is not before the model at the next turn")
    void keepsNothingOfATurnWhoseInputWasBlocked() {
        say("checked", "Hello!");

        HttpResponse<String> blocked = say("checked", "something evil");

        assertThat(blocked.headers().firstValue("X-Guardrails-Status")).contains("blocked");
        assertThat(kept()).hasSize(2);
        assertThat(server.get(THREAD).body()).doesNotContain("evil");
    }

    @Test
    void keepsTheRefusalInThePlaceOfAnAnswerThatWasBlocked() {
        say("checked", "provoke it");

        assertThat(kept())
                .extracting(message -> message.path("content").asText())
                .containsExactly("provoke it", "I'm sorry, I can't respond to that.");
    }

    @Test
    void keepsNothingOfABlockThatIsToldAsAnError() {
        assertThat(say("exceptions", "provoke it").statusCode()).isEqualTo(400);

        assertThat(kept()).isEmpty();
    }

    @Test
    void keepsNothingOfATurnThatFailed() {
        upstream.respond(request -> Response.error(500, "Out of order", "broken"));

        assertThat(say("pass", "Hello!").statusCode()).isEqualTo(500);

        assertThat(kept()).isEmpty();
    }

    @Test
    void keepsNothingOfARequestThatOnlyChecks() {
        HttpResponse<String> answer = server.chat("""
                {"model": "m", "messages": [{"role": "user", "content": "Hello!"}], "guardrails":
                 {"config_id": "checked", "thread_id": "%s", "options": {"rails": ["input"]}}}""".formatted(ID));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(kept()).isEmpty();
    }

    @Test
    void refusesATurnForWhichTheThreadHasNoRoom() {
        stop();
        upstream = ScriptedUpstream.start().respond(ThreadsTest::judgeOrAnswer);
        open(new ThreadLimits(Duration.ofDays(1), 3, 10_000), "");
        say("pass", "Hello!");

        HttpResponse<String> answer = say("pass", "Hello again!");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(json(answer))
                .isEqualTo(error(
                        "This turn would make the thread longer than 3 messages, its limit; begin a new thread or delete this one",
                        "invalid_request_error",
                        null,
                        "thread_full"));
        assertThat(upstream.received()).hasSize(1);
        assertThat(kept()).hasSize(2);
    }

    @Test
    void losesNoTurnOfManyAtATime() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(50);
        List<Future<HttpResponse<String>>> running = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String text = "caller " + i;
            running.add(callers.submit(() -> say("pass", text)));
        }
        for (Future<HttpResponse<String>> call : running) {
            assertThat(call.get(120, SECONDS).statusCode()).isEqualTo(200);
        }
        callers.shutdown();

        List<JsonNode> kept = kept();
        assertThat(kept).hasSize(100);
        assertThat(IntStream.range(0, 100)
                        .mapToObj(i -> kept.get(i).path("role").asText()))
                .isEqualTo(IntStream.range(0, 100)
                        .mapToObj(i -> i % 2 == 0 ? "user" : "assistant")
                        .toList());
        assertThat(kept.stream().map(message -> message.path("content").asText()))
                .contains(
                        IntStream.range(0, 50).mapToObj("caller %d"::formatted).toArray(String[]::new));
    }

    @Test
    void pagesThroughThreadsBelowAPrefix() {
        stop();
        upstream = ScriptedUpstream.start().respond(ThreadsTest::judgeOrAnswer);
        open(ThreadLimits.DEFAULT, "/guard");
        for (String end : List.of("a", "b/c", "d")) {
            HttpResponse<String> answer = server.send("POST", "/guard" + RunningServer.CHAT, """
                    {"model": "m", "messages": [{"role": "user", "content": "Hello!"}],
                     "guardrails": {"thread_id": "%s%s"}}""".formatted(ID, end));
            assertThat(answer.statusCode()).isEqualTo(200);
        }

        JsonNode first = json(server.get("/guard/v1/threads?limit=2"));
        JsonNode rest = json(server.get("/guard/v1/threads?limit=2&after=" + ID + "b/c"));

        assertThat(first.path("data").findValuesAsText("id")).containsExactly(ID + "a", ID + "b/c");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(rest.path("data").findValuesAsText("id")).containsExactly(ID + "d");
        assertThat(rest.path("has_more").asBoolean()).isFalse();
        assertThat(server.get("/guard/v1/threads/" + ID + "b/c").statusCode()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "fifteen-letters, String should have at least 16 characters",
        "'', String should have at least 16 characters"
    })
    void refusesIdsThatAreTooShort(String id, String message) {
        HttpResponse<String> answer = server.chat("""
                {"model": "m", "messages": [], "guardrails": {"thread_id": "%s"}}""".formatted(id));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(json(answer).at("/error/message").asText()).isEqualTo("body.guardrails.thread_id: " + message);
        assertThat(json(answer).at("/error/param").asText()).isEqualTo("guardrails.thread_id");
    }

    @Test
    void refusesAnIdThatIsTooLong() {
        HttpResponse<String> answer = server.chat("""
                {"model": "m", "messages": [], "guardrails": {"thread_id": "%s"}}""".formatted("x".repeat(256)));

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("String should have at most 255 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=-1", "limit=many", "limit="})
    void refusesLimitsThatMakeNoSense(String query) {
        HttpResponse<String> answer = server.get("/v1/threads?" + query);

        assertThat(answer.statusCode()).isEqualTo(422);
        assertThat(answer.body()).contains("query.limit");
    }

    @Test
    void answersOtherMethodsWith405() {
        assertThat(server.send("POST", THREAD, "{}").headers().firstValue("Allow"))
                .contains("DELETE, GET");
        assertThat(server.send("PUT", "/v1/threads", "{}").statusCode()).isEqualTo(405);
        assertThat(server.get("/v1/threads/").statusCode()).isEqualTo(307);
    }

    @Test
    @DisplayName("contract 5: no datastore")
    void saysThatThreadsAreNotEnabled() {
        try (RunningServer without = RunningServer.start(new ConfigRoot(folder))) {
            JsonNode refusal =
                    error("Conversation threads are not enabled on this server.", "invalid_request_error", null, null);
            assertThat(json(without.get("/v1/threads"))).isEqualTo(refusal);
            assertThat(json(without.get(THREAD))).isEqualTo(refusal);
            assertThat(without.send("DELETE", THREAD, "").statusCode()).isEqualTo(400);
        }
    }

    private HttpResponse<String> say(String configId, String text) {
        return chat(configId, "[{\"role\": \"user\", \"content\": \"%s\"}]".formatted(text));
    }

    private HttpResponse<String> chat(String configId, String messages) {
        return server.chat("""
                {"model": "m", "messages": %s, "guardrails": {"config_id": "%s", "thread_id": "%s"}}""".formatted(messages, configId, ID));
    }

    private List<JsonNode> kept() {
        List<JsonNode> messages = new ArrayList<>();
        json(server.get(THREAD)).path("messages").forEach(messages::add);
        return messages;
    }
}
