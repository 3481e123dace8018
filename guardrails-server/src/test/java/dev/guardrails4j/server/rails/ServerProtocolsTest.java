package dev.guardrails4j.server.rails;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every protocol of a server that rails ask, contract "config and rails" 4.5, 4.7 and 4.9, over real sockets: what it is asked,
 * and what becomes of a text when the server answers, answers wrongly, or does not answer.
 */
class ServerProtocolsTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String QUESTION = "Who is Ada?";
    private static final String ANSWER = "Nobody knows.";

    @TempDir
    private Path folder;

    private final CountDownLatch never = new CountDownLatch(1);
    private final ScriptedUpstream main = ScriptedUpstream.start().answer(ANSWER);
    private final ScriptedUpstream server = ScriptedUpstream.start();

    @AfterEach
    void stop() {
        never.countDown();
        main.close();
        server.close();
    }

    /** One protocol. */
    enum Protocol {
        JAILBREAK_NIM(
                "input: {flows: [%s]}",
                "jailbreak detection model",
                "jailbreak_detection: {nim_base_url: '%s/v1', api_key: secret}",
                "/v1/classify",
                "{\"input\":\"Who is Ada?\"}",
                "{\"jailbreak\": false, \"score\": -0.9}",
                "{\"jailbreak\": true, \"score\": 0.9}",
                "{\"jailbreak\": \"false\"}"),
        JAILBREAK_SERVER(
                "input: {flows: [%s]}",
                "jailbreak detection model",
                "jailbreak_detection: {server_endpoint: '%s/model'}",
                "/model",
                "{\"prompt\":\"Who is Ada?\"}",
                "{\"jailbreak\": false}",
                "{\"jailbreak\": true}",
                "{\"jailbreak\": null}"),
        HEURISTICS(
                "input: {flows: [%s]}",
                "jailbreak detection heuristics",
                "jailbreak_detection: {server_endpoint: '%s/heuristics'}",
                "/heuristics",
                "{\"lp_threshold\":89.79,\"prompt\":\"Who is Ada?\",\"ps_ppl_threshold\":1845.65}",
                "{\"jailbreak\": false, \"length_per_perplexity\": false, \"prefix_suffix_perplexity\": false}",
                "{\"jailbreak\": true, \"length_per_perplexity\": true, \"prefix_suffix_perplexity\": false}",
                "{\"length_per_perplexity\": false}"),
        VLLM(
                "input: {flows: [%s]}",
                "hf classifier check input $classifier=c",
                "hf_classifier: {c: {engine: vllm, model: m, base_url: '%s', blocked_labels: [BAD]}}",
                "/classify",
                "{\"input\":\"Who is Ada?\",\"model\":\"m\"}",
                "{\"data\": [{\"index\": 0, \"label\": \"FINE\", \"probs\": [0.9, 0.1], \"num_classes\": 2}]}",
                "{\"data\": [{\"index\": 0, \"label\": \"BAD\", \"probs\": [0.1, 0.9], \"num_classes\": 2}]}",
                "{\"data\": []}"),
        KSERVE(
                "input: {flows: [%s]}",
                "hf classifier check input $classifier=c",
                "hf_classifier: {c: {engine: kserve, model: m, base_url: '%s', blocked_labels: [BAD]}}",
                "/v1/models/m:predict",
                "{\"instances\":[\"Who is Ada?\"]}",
                "{\"predictions\": [{\"FINE\": 0.9, \"BAD\": 0.1}]}",
                "{\"predictions\": [{\"FINE\": 0.1, \"BAD\": 0.9}]}",
                "{\"predictions\": [{\"BAD\": \"0.1\"}]}"),
        FMS(
                "output: {flows: [%s]}",
                "hf classifier check output $classifier=c",
                "hf_classifier: {c: {engine: fms, model: m, base_url: '%s', blocked_labels: [BAD]}}",
                "/api/v1/text/contents",
                "{\"contents\":[\"Nobody knows.\"],\"detector_params\":{\"threshold\":0.5}}",
                "[[]]",
                "[[{\"detection_type\": \"BAD\", \"score\": 0.9, \"start\": 0, \"end\": 3}]]",
                "[]"),
        GLINER_NIM(
                "input: {flows: [%s]}",
                "gliner detect pii on input",
                "gliner: {server_endpoint: '%s/v1/chat/completions', input: {entities: [name]}}",
                "/v1/chat/completions",
                "{\"chunk_length\":384,\"flat_ner\":false,\"labels\":[\"name\"],"
                        + "\"messages\":[{\"content\":\"Who is Ada?\",\"role\":\"user\"}],"
                        + "\"model\":\"nvidia/gliner-pii\",\"overlap\":128,\"threshold\":0.5}",
                "{\"choices\": [{\"message\": {\"content\": \"{\\\"entities\\\": []}\"}}]}",
                "{\"choices\": [{\"message\": {\"content\": \"{\\\"entities\\\": [{\\\"text\\\": \\\"Ada\\\","
                        + " \\\"label\\\": \\\"name\\\", \\\"start\\\": 7, \\\"end\\\": 10}]}\"}}]}",
                "{\"choices\": [{\"message\": {\"content\": \"{\\\"entities\\\": [\"}}]}"),
        GLINER_SERVER(
                "input: {flows: [%s]}",
                "gliner detect pii on input",
                "gliner: {server_endpoint: '%s/v1/extract'}",
                "/v1/extract",
                "{\"chunk_length\":384,\"flat_ner\":false,\"overlap\":128,\"text\":\"Who is Ada?\",\"threshold\":0.5}",
                "{\"entities\": [], \"total_entities\": 0}",
                "{\"entities\": [{\"value\": \"Ada\", \"suggested_label\": \"name\", \"start_position\": 7,"
                        + " \"end_position\": 10}]}",
                "{\"entities\": [{\"value\": \"Ada\", \"suggested_label\": \"name\", \"start_position\": 0,"
                        + " \"end_position\": 3}]}"),
        ALIGN_SCORE(
                "output: {flows: [%s]}",
                "alignscore check facts",
                "fact_checking: {parameters: {endpoint: '%s/alignscore_large'}}",
                "/alignscore_large",
                "{\"claim\":\"Nobody knows.\",\"evidence\":\"Ada is known.\"}",
                "{\"alignscore\": 0.5}",
                "{\"alignscore\": 0.49}",
                "{\"alignscore\": 17}");

        private final String stage;
        private final String flow;
        private final String settings;
        private final String path;
        private final String question;
        private final String allowing;
        private final String blocking;
        private final String wrong;

        Protocol(
                String stage,
                String flow,
                String settings,
                String path,
                String question,
                String allowing,
                String blocking,
                String wrong) {
            this.stage = stage;
            this.flow = flow;
            this.settings = settings;
            this.path = path;
            this.question = question;
            this.allowing = allowing;
            this.blocking = blocking;
            this.wrong = wrong;
        }
    }

    @ParameterizedTest
    @EnumSource
    void asksWhatTheServerUnderstandsAndLetsPassWhatItAllows(Protocol protocol) throws IOException {
        server.respond(request -> Response.json(protocol.allowing));

        GenerationResult result = ask(protocol, "");

        assertThat(result.text()).isEqualTo(ANSWER);
        assertThat(server.received()).singleElement().satisfies(asked -> {
            assertThat(asked.path()).isEqualTo(protocol.path);
            assertThat(JSON.readTree(asked.body())).isEqualTo(JSON.readTree(protocol.question));
        });
    }

    @ParameterizedTest
    @EnumSource
    void blocksWhatTheServerFinds(Protocol protocol) throws IOException {
        server.respond(request -> Response.json(protocol.blocking));

        GenerationResult result = ask(protocol, "");

        assertThat(result.block()).hasValueSatisfying(block -> {
            assertThat(block.flow()).isEqualTo(protocol.flow);
            assertThat(block.failure()).isFalse();
        });
    }

    static Stream<Arguments> notUnderstood() {
        return Arrays.stream(Protocol.values())
                .flatMap(protocol -> Stream.of(protocol.wrong, "17", "\"no\"", "{}", "[{}]", "[[{}]]")
                        .map(answer -> Arguments.of(protocol, answer)));
    }

    @ParameterizedTest
    @MethodSource("notUnderstood")
    void blocksWhatItDoesNotUnderstand(Protocol protocol, String answer) throws IOException {
        server.respond(request -> Response.json(answer));

        GenerationResult result = ask(protocol, "");

        assertThat(result.block()).hasValueSatisfying(block -> {
            assertThat(block.flow()).isEqualTo(protocol.flow);
            assertThat(block.failure()).isTrue();
        });
        assertThat(result.text()).isEqualTo("I'm sorry, an internal error has occurred.");
    }

    static Stream<Arguments> outages() {
        return Arrays.stream(Protocol.values())
                .flatMap(protocol -> Stream.of(
                        Arguments.of(protocol, Response.json(protocol.allowing.substring(0, 2))),
                        Arguments.of(protocol, Response.json("null")),
                        Arguments.of(protocol, Response.json("<html>Welcome</html>")),
                        Arguments.of(protocol, new Response(501, Map.of(), protocol.allowing))));
    }

    @ParameterizedTest
    @MethodSource("outages")
    void isUnavailableWhenTheServerDoesNotAnswer(Protocol protocol, Response outage) {
        server.respond(request -> outage);

        assertThatThrownBy(() -> ask(protocol, ""))
                .isInstanceOfSatisfying(
                        RailUnavailableException.class,
                        e -> assertThat(e.flow()).isEqualTo(protocol.flow));
    }

    @ParameterizedTest
    @EnumSource
    void blocksWhenTheServerHangs(Protocol protocol) throws IOException {
        server.respond(request -> Response.json(protocol.allowing).heldUntil(never));

        GenerationResult result = ask(protocol, ", timeout: 300ms");

        assertThat(result.block().orElseThrow().failure()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void letsTheTextPassWhereTheConfigurationWantsIt(Protocol protocol) throws IOException {
        server.respond(request -> Response.json(protocol.wrong));

        GenerationResult result = ask(protocol, ", on_error: allow");

        assertThat(result.text()).isEqualTo(ANSWER);
    }

    private GenerationResult ask(Protocol protocol, String policy) throws IOException {
        String here = server.baseUrl().replace("/v1", "");
        Files.writeString(folder.resolve("config.yml"), """
                models:
                  - {type: main, engine: openai, model: m, parameters: {base_url: "%s"}}
                rails:
                  %s
                  config:
                    %s
                """.formatted(
                        main.baseUrl(),
                        protocol.stage.formatted("{flow: '" + protocol.flow + "'" + policy + "}"),
                        protocol.settings.formatted(here)));
        try (Guardrails guardrails = Guardrails.fromPath(folder)) {
            return guardrails.generate(new GenerationRequest(
                    List.of(Message.user(QUESTION)),
                    Optional.empty(),
                    Map.of("relevant_chunks", "Ada is known.", "check_facts", true),
                    Map.of(),
                    GenerationOptions.ALL,
                    Optional.empty()));
        }
    }
}
