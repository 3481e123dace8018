package dev.guardrails4j.rails.contentsafety.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("gliner, contract config-and-rails 1.4 and 4.7")
class GlinerRailsTest {

    private static final String NIM = "http://localhost:8000/v1/chat/completions";
    private static final String SERVER = "http://gliner:1235/v1/extract";
    private static final String TEXT = "I am 👩 Ada, call 555-0100";

    @Test
    void blocksPersonalDataAndSaysHowMuch() throws Exception {
        Verdict verdict = detecting().endpoint(SERVER, body -> found()).check(Stage.INPUT, TEXT);

        assertThat(verdict)
                .isEqualTo(Verdict.block("holds personal data")
                        .with("entities", Map.of("FIRST_NAME", 1, "PHONE_NUMBER", 1)));
    }

    @Test
    void masksPersonalDataByCodePoints() throws Exception {
        assertThat(masking().endpoint(SERVER, body -> found()).check(Stage.INPUT, TEXT))
                .isInstanceOfSatisfying(
                        Verdict.Rewrite.class,
                        rewrite -> assertThat(rewrite.text()).isEqualTo("I am 👩 [FIRST_NAME], call [PHONE_NUMBER]"));
    }

    @Test
    void masksEveryCharacterOfFindingsThatOverlap() throws Exception {
        Object answer = Map.of(
                "entities",
                List.of(
                        entity("Ada, c", "second", 7, 13),
                        entity("Ada", "first", 7, 10),
                        entity("call", "third", 12, 16)));

        assertThat(masking().endpoint(SERVER, body -> answer).check(Stage.INPUT, TEXT))
                .isInstanceOfSatisfying(
                        Verdict.Rewrite.class,
                        rewrite -> assertThat(rewrite.text()).isEqualTo("I am 👩 [SECOND] 555-0100"));
    }

    @Test
    void readsTheAnswerOfANim() throws Exception {
        String content = "{\"total_entities\": 1, \"entities\": [{\"text\": \"Ada\", \"label\": \"first_name\","
                + " \"start\": 7, \"end\": 10, \"score\": 0.9}], \"tagged_text\": \"\"}";
        RailHarness harness = RailHarness.of(new GlinerRails.MaskOnOutput())
                .endpoint(NIM, body -> Map.of("choices", List.of(Map.of("message", Map.of("content", content)))));

        assertThat(harness.check(Stage.OUTPUT, TEXT))
                .isInstanceOfSatisfying(
                        Verdict.Rewrite.class,
                        rewrite -> assertThat(rewrite.text()).isEqualTo("I am 👩 [FIRST_NAME], call 555-0100"));
        assertThat(harness.endpointQuestions().get(0).body())
                .isEqualTo(Map.of(
                        "model",
                        "nvidia/gliner-pii",
                        "messages",
                        List.of(Map.of("role", "user", "content", TEXT)),
                        "threshold",
                        0.5,
                        "chunk_length",
                        384,
                        "overlap",
                        128,
                        "flat_ner",
                        false));
    }

    @Test
    void asksTheReferencesOwnServerForTheLabelsOfTheStage() throws Exception {
        RailHarness harness = RailHarness.of(new GlinerRails.DetectOnRetrieval())
                .settings(
                        "gliner",
                        Map.of(
                                "server_endpoint",
                                SERVER,
                                "input",
                                Map.of("entities", List.of("email")),
                                "retrieval",
                                Map.of("entities", List.of("ssn")),
                                "flat_ner",
                                true))
                .endpoint(SERVER, body -> Map.of("entities", List.of(), "total_entities", 0));

        assertThat(harness.check(Stage.RETRIEVAL, TEXT)).isEqualTo(Verdict.allow());
        assertThat(harness.endpointQuestions().get(0).body())
                .isEqualTo(Map.of(
                        "text",
                        TEXT,
                        "threshold",
                        0.5,
                        "chunk_length",
                        384,
                        "overlap",
                        128,
                        "flat_ner",
                        true,
                        "labels",
                        List.of("ssn")));
    }

    static Stream<Object> notUnderstood() {
        return Stream.of(
                List.of(),
                Map.of(),
                Map.of("entities", "none"),
                Map.of("entities", List.of(), "total_entities", 2),
                Map.of("entities", Arrays.asList((Object) null)),
                Map.of("entities", List.of(Map.of("value", "Ada"))),
                Map.of("entities", List.of(entity("Ada", "first_name", 8, 11))),
                Map.of("entities", List.of(entity("Ada", "first_name", 10, 7))),
                Map.of("entities", List.of(entity("Ada", "first_name", -7, 10))),
                Map.of("entities", List.of(entity("Ada", "first_name", 7, 1_000_000))),
                Map.of("entities", List.of(entity("Ada", " ", 7, 10))),
                Map.of(
                        "entities",
                        List.of(Map.of(
                                "value", "Ada", "suggested_label", "x", "start_position", "7", "end_position", 10))));
    }

    @ParameterizedTest
    @MethodSource("notUnderstood")
    void doesNotUnderstandWhatIsNotAboutTheText(Object answer) {
        RailHarness harness = masking().endpoint(SERVER, body -> answer);

        assertThatThrownBy(() -> harness.check(Stage.INPUT, TEXT)).isInstanceOf(JudgementException.class);
    }

    static Stream<Object> noAnswersOfANim() {
        return Stream.of(
                Map.of("choices", List.of()),
                Map.of("choices", Arrays.asList((Object) null)),
                Map.of("choices", List.of(Map.of("message", "hello"))),
                Map.of("choices", List.of(Map.of("message", Map.of("content", "no JSON")))),
                Map.of("choices", List.of(Map.of("message", Map.of("content", "[]")))),
                Map.of("entities", List.of()));
    }

    @ParameterizedTest
    @MethodSource("noAnswersOfANim")
    void doesNotUnderstandWhatIsNoAnswerOfANim(Object answer) {
        RailHarness harness = RailHarness.of(new GlinerRails.DetectOnInput()).endpoint(NIM, body -> answer);

        assertThatThrownBy(() -> harness.check(Stage.INPUT, TEXT)).isInstanceOf(JudgementException.class);
    }

    @Test
    void leavesAnOutageToTheEngine() {
        RailHarness harness = detecting().endpoint(SERVER, body -> {
            throw ModelException.withMessage("HTTP 500").status(500).build();
        });

        assertThatThrownBy(() -> harness.check(Stage.INPUT, TEXT)).isInstanceOf(ModelException.class);
    }

    @Test
    void asksNothingAboutATextWithoutAnythingInIt() throws Exception {
        assertThat(detecting().check(Stage.INPUT, " ")).isEqualTo(Verdict.allow());
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                Arguments.of("threshold", 2, "must be from 0 to 1"),
                Arguments.of("chunk_length", 0, "must be at least 1"),
                Arguments.of("overlap", 384, "must be from 0 to below chunk_length, which is 384"),
                Arguments.of("server_endpoint", "gliner", "server_endpoint"),
                Arguments.of("treshold", 0.5, "treshold"));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void refusesWhatCannotBe(String key, Object value, String problem) {
        assertThatThrownBy(() -> RailHarness.of(new GlinerRails.MaskOnRetrieval())
                        .settings("gliner", Map.of(key, value))
                        .configure(Stage.RETRIEVAL))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("gliner." + key)
                .hasMessageContaining(problem);
    }

    @Test
    void saysWhetherItRewrites() {
        List<Rail> detecting = List.of(
                new GlinerRails.DetectOnInput(), new GlinerRails.DetectOnOutput(), new GlinerRails.DetectOnRetrieval());
        List<Rail> masking = List.of(
                new GlinerRails.MaskOnInput(), new GlinerRails.MaskOnOutput(), new GlinerRails.MaskOnRetrieval());

        assertThat(detecting)
                .noneMatch(Rail::rewrites)
                .allMatch(rail -> rail.refusal().equals(Refusal.answerUnknown()));
        assertThat(masking).allMatch(Rail::rewrites);
    }

    private static RailHarness detecting() {
        return RailHarness.of(new GlinerRails.DetectOnInput()).settings("gliner", Map.of("server_endpoint", SERVER));
    }

    private static RailHarness masking() {
        return RailHarness.of(new GlinerRails.MaskOnInput()).settings("gliner", Map.of("server_endpoint", SERVER));
    }

    private static Object found() {
        return Map.of(
                "entities",
                List.of(entity("555-0100", "phone_number", 17, 25), entity("Ada", "first_name", 7, 10)),
                "total_entities",
                2);
    }

    private static Map<String, Object> entity(String value, String label, int start, int end) {
        return Map.of(
                "value", value, "suggested_label", label, "start_position", start, "end_position", end, "score", 0.9);
    }
}
