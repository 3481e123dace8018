package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What NeMo Guardrails supports and we do not yet, word for word")
class UnsupportedKeysTest {

    private static Arguments of(String yaml, String... problems) {
        return Arguments.of(yaml, List.of(problems));
    }

    static Stream<Arguments> unsupported() {
        String known = " is known to NeMo Guardrails but not supported here yet: ";
        return Stream.of(
                of(
                        "flows: [{name: a}]",
                        "1: flows" + known + "Colang flows are not executed; list rails in rails.input.flows instead"),
                of(
                        "user_messages: {express greeting: [hi]}",
                        "1: user_messages" + known + "dialog rails are not run; remove it"),
                of(
                        "import_paths: [a]",
                        "1: import_paths" + known + "nothing is imported; copy the files into this configuration"),
                of(
                        "colang_version: 2.x",
                        "1: colang_version" + known
                                + "Colang is not executed; list rails in rails.input.flows instead"),
                of("colang_version: '3'", "1: colang_version must be \"1.0\""),
                of(
                        "rails:\n  dialog: {single_call: {enabled: true}}",
                        "2: rails.dialog" + known + "dialog rails are not run; remove it"),
                of(
                        "rails:\n  output: {apply_to_reasoning_traces: true}",
                        "2: warning: rails.output.apply_to_reasoning_traces is a key that NeMo Guardrails has removed; reasoning is not checked"),
                of(
                        "rails:\n  actions: {instant_actions: [a]}",
                        "2: warning: rails.actions" + known + "there are no instant actions"),
                of(
                        "tracing:\n  enabled: true\n  adapters:\n  - {name: Own, any: 1}",
                        "4: warning: tracing.adapters[0].name is not there; there are FileSystem, and OpenTelemetry, by which the"
                                + " server sends spans if it is told to"),
                of("tracing: {span_format: new}", "1: tracing.span_format must be opentelemetry or legacy"),
                of("docs: [{content: a}]", "1: warning: docs" + known + "there is no knowledge base"),
                of("knowledge_base: {folder: kb}", "1: warning: knowledge_base" + known + "there is no knowledge base"),
                of(
                        "core: {embedding_search_provider: {name: x}}",
                        "1: warning: core" + known + "there is no search by embeddings"),
                of(
                        "sample_conversation: hi",
                        "1: warning: sample_conversation" + known + "there is no dialog prompt that would show it"),
                of(
                        "enable_multi_step_generation: true",
                        "1: warning: enable_multi_step_generation" + known + "there are no dialog rails"),
                of("raw_llm_call_action: a", "1: warning: raw_llm_call_action" + known + "Colang is not executed"),
                of("event_source_uid: a", "1: warning: event_source_uid" + known + "Colang is not executed"),
                of(
                        "streaming: true",
                        "1: warning: streaming is out of use in NeMo Guardrails too and has no effect; remove it"),
                of("config_path: a", "1: warning: config_path is set by the loader and has no effect; remove it"),
                of(
                        "instructions: [{type: special, content: a}]",
                        "1: warning: instructions[0].type is not general; only general instructions are used"));
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void namesThemAndSaysWhatBecomesOfThem(String yaml, List<String> problems) {
        assertThat(Reading.problems(yaml))
                .containsExactlyElementsOf(problems.stream()
                        .map(problem -> "config.yml:" + problem)
                        .toList());
    }
}
