package dev.guardrails4j.rails.detectors.tools;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Contract "config and rails" 4.11, tool call validation. */
class ToolCallValidationRailTest {

    private static final Map<String, Object> CITY = Map.of(
            "type",
            "object",
            "properties",
            Map.of("city", Map.of("type", "string", "pattern", "^[A-Z]\\w+$"), "days", Map.of("type", "integer")),
            "required",
            List.of("city"),
            "additionalProperties",
            false);

    @ParameterizedTest
    @ValueSource(strings = {"{\"city\":\"Paris\"}", " {\"city\": \"Paris\", \"days\": 3} "})
    void allowsArgumentsThatFitTheSchema(String arguments) throws Exception {
        assertThat(check(CITY, arguments)).isInstanceOf(Verdict.Allow.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"city\": 7}                          | invalid_arguments | the arguments break the rule 'type' at $.city",
                "{\"city\": \"paris\"}                  | invalid_arguments | the arguments break the rule 'pattern' at $.city",
                "{\"city\": \"Paris\\n\"}               | invalid_arguments | the arguments break the rule 'pattern' at $.city",
                "{}                                     | invalid_arguments | the arguments break the rule 'required' at $",
                "``                                     | invalid_arguments | the arguments break the rule 'required' at $",
                "{\"city\": \"Paris\", \"to\": 1}       | invalid_arguments | the arguments break the rule 'additionalProperties' at $",
                "[\"Paris\"]                            | invalid_arguments | the arguments are not a JSON object",
                "{\"city\": \"Paris\"                   | invalid_json      | the arguments are not JSON, or too large",
                "{\"city\": \"Paris\"} {\"city\": 7}    | invalid_json      | the arguments are not JSON, or too large",
                "{\"city\": \"Paris\", \"city\": \"X\"} | invalid_json      | the arguments are not JSON, or too large",
            })
    void blocksArgumentsThatDoNotFitAndSaysWhere(String arguments, String type, String reason) throws Exception {
        Verdict verdict = check(CITY, arguments);

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Block.class, block -> assertThat(block.reason()).isEqualTo(reason));
        assertThat(verdict.evidence())
                .isEqualTo(Map.of(
                        "kind",
                        "tool_call",
                        "violation_type",
                        type,
                        "reason",
                        reason,
                        "tool_call_id",
                        "call_1",
                        "tool_name",
                        "weather",
                        "index",
                        2));
    }

    @Test
    void blocksAToolThatIsNotOffered() throws Exception {
        RailHarness harness = harness(new ToolCall("call_1", "rm", "{}")).tool(function("weather", CITY));

        assertThat(harness.check(Stage.TOOL_OUTPUT, "{}").evidence()).containsEntry("violation_type", "unknown_tool");
        assertThat(harness(new ToolCall("call_1", "rm", "{}"))
                        .check(Stage.TOOL_OUTPUT, "{}")
                        .evidence())
                .containsEntry("violation_type", "unknown_tool");
    }

    @Test
    void allowsOnlyEmptyArgumentsForAToolWithoutParameters() throws Exception {
        Map<String, Object> tool = Map.of("type", "function", "function", Map.of("name", "weather"));

        assertThat(checkTool(tool, "{}")).isInstanceOf(Verdict.Allow.class);
        assertThat(checkTool(tool, "")).isInstanceOf(Verdict.Allow.class);
        assertThat(checkTool(tool, "{\"a\":1}")).isInstanceOf(Verdict.Block.class);
        assertThat(checkTool(function("weather", Map.of()), "{\"a\":1}")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void knowsHostedToolsByTheirType() throws Exception {
        RailHarness harness =
                harness(new ToolCall("call_1", "web_search", "{\"q\":\"a\"}")).tool(Map.of("type", "web_search"));

        assertThat(harness.check(Stage.TOOL_OUTPUT, "")).isInstanceOf(Verdict.Allow.class);
    }

    @Test
    void wantsArgumentsToFitEveryToolOfTheName() throws Exception {
        RailHarness harness = harness(new ToolCall("call_1", "weather", "{\"a\":1}"))
                .tool(function("weather", Map.of("type", "object")))
                .tool(function("weather", CITY));

        assertThat(harness.check(Stage.TOOL_OUTPUT, "")).isInstanceOf(Verdict.Block.class);
    }

    @Test
    void followsReferencesWithinTheSchemaAlsoRecursiveOnes() throws Exception {
        Map<String, Object> tree = Map.of(
                "$schema", "http://json-schema.org/draft-07/schema#",
                "$ref", "#/definitions/node",
                "definitions",
                        Map.of(
                                "node",
                                Map.of(
                                        "type",
                                        "object",
                                        "properties",
                                        Map.of("child", Map.of("$ref", "#/definitions/node")),
                                        "additionalProperties",
                                        false)));

        assertThat(check(tree, "{\"child\":{\"child\":{}}}")).isInstanceOf(Verdict.Allow.class);
        assertThat(check(tree, "{\"child\":{\"child\":{\"x\":1}}}")).isInstanceOf(Verdict.Block.class);
    }

    static Stream<Map<String, Object>> unusable() {
        List<Object> manyValues = new ArrayList<>();
        for (int i = 0; i < 6_000; i++) {
            manyValues.add(i);
        }
        Map<String, Object> deep = Map.of();
        for (int i = 0; i < 80; i++) {
            deep = Map.of("not", deep);
        }
        return Stream.of(
                Map.of("$ref", "#"),
                Map.of("$ref", "#/missing"),
                Map.of("$ref", "other.json"),
                Map.of("$dynamicRef", "#a"),
                Map.of("$schema", "http://example.invalid/schema"),
                Map.of("enum", manyValues),
                deep,
                Map.of("description", "x".repeat(70_000)),
                pattern("(?=a)"),
                pattern("((a{1000}){1000}){1000}"),
                pattern("(a"));
    }

    @ParameterizedTest
    @MethodSource("unusable")
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void blocksWhenTheSchemaCannotBeUsed(Map<String, Object> schema) throws Exception {
        Verdict verdict = check(schema, "{\"a\":\"aaaaaaaa\"}");

        assertThat(verdict).isInstanceOf(Verdict.Block.class);
        assertThat(verdict.evidence()).containsEntry("violation_type", "unusable_schema");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://json-schema.org/draft-04/schema#",
                "http://json-schema.org/draft-06/schema#",
                "http://json-schema.org/draft-07/schema",
                "https://json-schema.org/draft/2019-09/schema",
                "https://json-schema.org/draft/2020-12/schema"
            })
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void boundsTheReferencesThatOneCheckFollows(String draft) throws Exception {
        assertThat(check(doubling(draft, 5), "{}")).isInstanceOf(Verdict.Allow.class);
        assertThat(check(doubling(draft, 30), "{}").evidence()).containsEntry("violation_type", "unusable_schema");
    }

    @Test
    void blocksWhenTheSchemaIsNoObject() throws Exception {
        Map<String, Object> tool =
                Map.of("type", "function", "function", Map.of("name", "weather", "parameters", "anything"));

        assertThat(checkTool(tool, "{}").evidence()).containsEntry("violation_type", "unusable_schema");
    }

    @Test
    @Timeout(value = 60, threadMode = ThreadMode.SEPARATE_THREAD)
    void searchesPatternsInLinearTime() throws Exception {
        String arguments = "{\"a\":\"" + "a".repeat(30_000) + "!\"}";

        assertThat(check(pattern("^(a+)+$"), arguments).evidence())
                .containsEntry("violation_type", "invalid_arguments");
    }

    @Test
    void fetchesNothing() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.incrementAndGet();
            answerEmptySchema(exchange);
        });
        server.start();
        try {
            String url = "http://127.0.0.1:" + server.getAddress().getPort() + "/schema";
            List<Map<String, Object>> schemas = List.of(
                    Map.of("$ref", url),
                    Map.of("$schema", url),
                    Map.of("$id", url, "properties", Map.of("a", Map.of("$ref", "#/definitions/b"))),
                    Map.of("properties", Map.of("a", Map.of("$id", url, "$ref", "#/definitions/b"))));

            for (Map<String, Object> schema : schemas) {
                assertThat(check(schema, "{\"a\":1}").evidence()).containsEntry("violation_type", "unusable_schema");
            }
            assertThat(asked).hasValue(0);
        } finally {
            server.stop(0);
        }
    }

    private static void answerEmptySchema(com.sun.net.httpserver.HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, 2);
        exchange.getResponseBody().write(new byte[] {'{', '}'});
        exchange.close();
    }

    /** Definitions of which each refers to the next one twice. */
    private static Map<String, Object> doubling(String draft, int times) {
        Map<String, Object> definitions = new LinkedHashMap<>();
        for (int i = 0; i < times; i++) {
            Map<String, Object> next = Map.of("$ref", "#/definitions/d" + (i + 1));
            definitions.put("d" + i, Map.of("allOf", List.of(next, next)));
        }
        definitions.put("d" + times, Map.of("type", "object"));
        return Map.of(
                "$schema", draft, "allOf", List.of(Map.of("$ref", "#/definitions/d0")), "definitions", definitions);
    }

    private static Map<String, Object> pattern(String pattern) {
        return Map.of("properties", Map.of("a", Map.of("pattern", pattern)));
    }

    private static Verdict check(Map<String, Object> schema, String arguments) throws Exception {
        return checkTool(function("weather", schema), arguments);
    }

    private static Verdict checkTool(Map<String, Object> tool, String arguments) throws Exception {
        return harness(new ToolCall("call_1", "weather", arguments)).tool(tool).check(Stage.TOOL_OUTPUT, arguments);
    }

    private static RailHarness harness(ToolCall call) {
        return RailHarness.of(new ToolCallValidationRail()).toolCall(call).toolIndex(2);
    }

    private static Map<String, Object> function(String name, Map<String, Object> parameters) {
        return Map.of("type", "function", "function", Map.of("name", name, "parameters", parameters));
    }
}
