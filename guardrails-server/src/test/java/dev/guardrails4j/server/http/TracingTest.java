package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.Collector.attributes;
import static dev.guardrails4j.server.http.Collector.hex;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.server.tracing.Tracing;
import dev.guardrails4j.server.tracing.TracingSettings;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract "config and rails" 6.5, over real sockets in both directions. */
class TracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String PARENT = "b7ad6b7169203331";

    @TempDir
    private Path folder;

    private Collector collector;
    private ScriptedUpstream upstream;
    private Tracing tracing;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        collector = new Collector();
        upstream = ScriptedUpstream.start()
                .respond(received -> received.body().contains("INPUT: bad")
                        ? Response.answer("Yes")
                        : Response.answer(received.body().contains("INPUT") ? "No" : "No, hello to you"));
        tracing = tracing(Map.of());
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl());
        String base = ConfigRoot.models(upstream.baseUrl());
        root.config("legacy", base + "tracing: {enabled: true, span_format: legacy}\n");
        root.config("captured", base + "tracing: {enabled: true, enable_content_capture: true}\n");
        server = RunningServer.start(root, tracing);
    }

    private Tracing tracing(Map<String, String> environment) {
        return new Tracing(
                new TracingSettings(Optional.of(true), Optional.of(collector.endpoint())),
                name -> Optional.ofNullable(environment.get(name)));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
        tracing.close();
        collector.close();
    }

    @Test
    void makesATreeOfRequestRailsActionsAndCalls() {
        chat("checked", "good", "");
        tracing.close();

        Span request = collector.only("guardrails.request");
        assertThat(request.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_SERVER);
        assertThat(request.getParentSpanId().isEmpty()).isTrue();
        assertThat(attributes(request))
                .containsEntry("gen_ai.operation.name", "guardrails")
                .containsEntry("request.id", "id-1");
        Map<String, Span> rails = collector.spans().stream()
                .filter(span -> span.getName().equals("guardrails.rail"))
                .collect(Collectors.toMap(span -> attributes(span).get("rail.name"), span -> span));
        assertThat(rails).containsOnlyKeys("self check input", "generate user intent", "self check output");
        assertThat(rails.values()).allMatch(rail -> rail.getParentSpanId().equals(request.getSpanId()));
        Span input = rails.get("self check input");
        assertThat(attributes(input))
                .containsEntry("rail.type", "input")
                .containsEntry("rail.stop", "false")
                .containsEntry("guardrails.rail.verdict", "passed");
        Span call = collector.only("self_check_input scripted-model");
        Span action = collector.spans().stream()
                .filter(span -> span.getSpanId().equals(call.getParentSpanId()))
                .findFirst()
                .orElseThrow();
        assertThat(action.getName()).isEqualTo("guardrails.action");
        assertThat(action.getParentSpanId()).isEqualTo(input.getSpanId());
        assertThat(attributes(action))
                .containsEntry("action.name", "self_check_input")
                .containsEntry("action.has_llm_calls", "true")
                .containsEntry("action.llm_calls_count", "1");
        assertThat(call.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CLIENT);
        assertThat(attributes(call))
                .containsEntry("gen_ai.operation.name", "chat")
                .containsEntry("gen_ai.provider.name", "scripted")
                .containsEntry("gen_ai.request.model", "scripted-model")
                .containsKeys("gen_ai.usage.input_tokens", "gen_ai.usage.output_tokens");
        assertThat(collector.services()).containsOnly("guardrails4j");
    }

    @Test
    void isPartOfTheCallersTraceAndTellsModelsOfIt() {
        server.send(
                "POST",
                RunningServer.CHAT,
                body("checked", "good", ""),
                "traceparent",
                "00-" + TRACE + "-" + PARENT + "-01");
        tracing.close();

        assertThat(collector.spans())
                .isNotEmpty()
                .allMatch(span -> hex(span.getTraceId()).equals(TRACE));
        assertThat(hex(collector.only("guardrails.request").getParentSpanId())).isEqualTo(PARENT);
        List<String> told =
                upstream.received().stream().map(TracingTest::traceparent).toList();
        List<String> calls = collector.spans().stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                .map(span -> "00-" + TRACE + "-" + hex(span.getSpanId()) + "-01")
                .toList();
        assertThat(told).hasSize(3).containsExactlyInAnyOrderElementsOf(calls);
    }

    @Test
    void sendsNothingOfATraceThatItsCallerDoesNotKeep() {
        server.send(
                "POST",
                RunningServer.CHAT,
                body("pass", "good", ""),
                "traceparent",
                "00-" + TRACE + "-" + PARENT + "-00");
        tracing.close();

        assertThat(collector.spans()).isEmpty();
        assertThat(upstream.received()).allMatch(call -> traceparent(call).endsWith("-00"));
    }

    @Test
    void beginsATraceOfItsOwnForAContextThatIsNone() {
        for (String broken : List.of("00-" + "0".repeat(32) + "-" + PARENT + "-01", "nonsense", "00-x-y-z")) {
            server.send("POST", RunningServer.CHAT, body("pass", "good", ""), "traceparent", broken);
        }
        tracing.close();

        assertThat(collector.spans())
                .filteredOn(span -> span.getName().equals("guardrails.request"))
                .hasSize(3)
                .allMatch(span -> span.getParentSpanId().isEmpty());
    }

    @Test
    void tellsTheMicroservicesCallersTheIdOfTheTrace() {
        String told = server.send(
                        "POST",
                        "/v1/guardrail/checks",
                        "{\"model\": \"m\", \"messages\": [{\"role\": \"user\", \"content\": \"good\"}],"
                                + " \"guardrails\": {\"config_id\": \"default/checked\"}}",
                        "Content-Type",
                        "application/json")
                .headers()
                .firstValue("X-Trace-Id")
                .orElseThrow();
        tracing.close();

        assertThat(collector.spans())
                .isNotEmpty()
                .allMatch(span -> hex(span.getTraceId()).equals(told));
    }

    @Test
    void endsTheSpansOfBlockedRequests() {
        chat("checked", "bad", "");
        tracing.close();

        assertThat(attributes(collector.only("guardrails.request")))
                .containsEntry("guardrails.blocked", "true")
                .containsEntry("guardrails.blocked.rail", "self check input");
        assertThat(attributes(collector.only("guardrails.rail")))
                .containsEntry("rail.stop", "true")
                .containsEntry("guardrails.rail.verdict", "blocked");
    }

    @Test
    void endsTheSpansOfStreams() {
        upstream.respond(received -> Response.stream("Hello ", "you."));
        chat("pass", "good", ", \"stream\": true");
        tracing.close();

        Span call = collector.only("chat scripted-model");
        assertThat(call.getEventsList())
                .singleElement()
                .satisfies(event -> assertThat(event.getName()).isEqualTo("gen_ai.first_chunk"));
        assertThat(attributes(collector.only("guardrails.request"))).containsEntry("guardrails.operation", "stream");
    }

    @Test
    void marksWhatHasFailed() {
        upstream.respond(received -> Response.error(503, "secret words", "overloaded"));
        chat("pass", "good", "");
        tracing.close();

        for (String name : List.of("guardrails.request", "guardrails.rail", "chat scripted-model")) {
            Span span = collector.only(name);
            assertThat(span.getStatus().getCode()).as(name).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
            assertThat(attributes(span)).containsEntry("error.type", "503");
        }
        assertThat(collector.spans().toString()).doesNotContain("secret words");
    }

    @Test
    void holdsWhatWasSaidOnlyIfThatIsSwitchedOn() {
        chat("pass", "hunter2", "");
        chat("checked", "hunter2", "");
        tracing.close();
        assertThat(collector.spans().toString()).doesNotContain("hunter2", "hello to you");
    }

    /** Keys, texts, arguments and results of tools: none is in what is sent, nor in what is written to files. */
    @Test
    void holdsNothingOfWhatIsNobodyElsesBusiness() throws IOException {
        server.close();
        Path file = folder.resolve("spans/trace.jsonl");
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl());
        String adapter = "tracing: {enabled: true, adapters: [{name: FileSystem, filepath: '" + file + "'}]}\n";
        root.config(
                "traced",
                ConfigRoot.SELF_CHECKS
                        + ConfigRoot.models(upstream.baseUrl())
                                .replace("base_url:", "api_key: planted-key-of-the-configuration, base_url:")
                        + adapter);
        server = RunningServer.start(
                root, tracing, parts -> parts.access(Optional.of(Keys.control(Keys.key("planted-key-of-the-server")))));
        int asked = upstream.received().size();
        ToolCall call = new ToolCall("call_1", "send_mail", "{\"to\": \"planted-argument\"}");
        List<Function<Received, Response>> models = List.of(
                received -> received.body().contains("PUT: ") ? Response.answer("No") : Response.toolCalls(call),
                received -> Response.answer(received.body().contains("PUT: ") ? "No" : "planted-answer"),
                received -> Response.error(400, "planted-complaint", "planted"));
        for (Function<Received, Response> model : models) {
            upstream.respond(model);
            for (boolean stream : new boolean[] {false, true}) {
                server.send(
                        "POST",
                        RunningServer.CHAT,
                        """
                        {"model": "", "stream": %s, "guardrails": {"config_id": "traced"}, "user": "planted-user",
                         "tools": [{"type": "function", "function": {"name": "send_mail", "parameters": {"type": "object"},
                                    "description": "planted-description"}}],
                         "messages": [{"role": "system", "content": "planted-system"},
                          {"role": "user", "content": "planted-question"},
                          {"role": "assistant", "tool_calls": [{"id": "call_0", "type": "function",
                           "function": {"name": "send_mail", "arguments": "{\\"to\\": \\"planted-argument\\"}"}}]},
                          {"role": "tool", "tool_call_id": "call_0", "content": "planted-result"}]}
                        """.formatted(stream),
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + Keys.secret("planted-key-of-the-server"),
                        "X-Model-Authorization",
                        "planted-key-of-the-caller");
            }
        }
        tracing.close();

        assertThat(upstream.received())
                .hasSizeGreaterThan(asked + 5)
                .anyMatch(received -> received.body().contains("planted-argument"));
        assertThat(collector.raw())
                .contains("guardrails.request", "scripted-model")
                .doesNotContain("planted");
        assertThat(Files.readString(file))
                .contains("guardrails.request", "scripted-model")
                .doesNotContain("planted");
    }

    @Test
    void holdsWhatWasSaidIfTheConfigurationWantsIt() {
        chat("captured", "hunter2", "");
        tracing.close();

        assertThat(attributes(collector.only("guardrails.request")))
                .containsEntry("guardrails.request.input", "[{\"role\":\"user\",\"content\":\"hunter2\"}]")
                .containsEntry("guardrails.request.output", "No, hello to you");
        assertThat(attributes(collector.only("chat scripted-model")))
                .containsKeys("gen_ai.input.messages", "gen_ai.output.messages");
    }

    @Test
    void namesSpansAsTheReferenceDidFirstIfThatIsWanted() {
        chat("legacy", "good", "");
        tracing.close();

        assertThat(collector.spans())
                .extracting(Span::getName)
                .containsExactlyInAnyOrder(
                        "interaction",
                        "rail: generate user intent",
                        "action: generate_user_intent",
                        "LLM: scripted-model");
    }

    @Test
    void documentsEverySpanAndAttribute() throws IOException {
        chat("captured", "good", ", \"temperature\": 0.5, \"max_tokens\": 9, \"seed\": 1");
        chat("checked", "bad", "");
        upstream.respond(received -> Response.error(503, "Overloaded", "overloaded"));
        chat("checked", "good", "");
        tracing.close();

        String documentation = Files.readString(Path.of("../docs/observability.md"));
        Set<String> documented = Pattern.compile("`([a-z_.]+)`")
                .matcher(documentation)
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toSet());
        assertThat(collector.spans().stream().flatMap(span -> attributes(span).keySet().stream()))
                .hasSizeGreaterThan(20)
                .allMatch(documented::contains);
        assertThat(collector.spans())
                .extracting(Span::getName)
                .filteredOn(name -> name.startsWith("guardrails."))
                .allMatch(documented::contains);
    }

    private void chat(String config, String text, String more) {
        server.send(
                "POST",
                RunningServer.CHAT,
                body(config, text, more),
                "Content-Type",
                "application/json",
                "X-Request-Id",
                "id-1");
    }

    private static String body(String config, String text, String more) {
        return "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}], \"guardrails\": {\"config_id\": \"%s\"}%s}"
                .formatted(text, config, more);
    }

    private static String traceparent(Received received) {
        return received.headers().getOrDefault("traceparent", "none");
    }
}
