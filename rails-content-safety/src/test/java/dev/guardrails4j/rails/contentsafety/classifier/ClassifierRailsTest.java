package dev.guardrails4j.rails.contentsafety.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.TlsOptions;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("hf classifier, contract config-and-rails 1.4 and 4.9")
class ClassifierRailsTest {

    private static final Map<String, String> ADDRESSES = Map.of(
            "vllm", "http://models:8000/classify",
            "kserve", "http://models:8000/v1/models/org%2Ftoxic:predict",
            "fms", "http://models:8000/api/v1/text/contents");

    static Stream<Arguments> blocked() {
        return Stream.of(
                Arguments.of("vllm", Map.of("data", List.of(Map.of("label", "toxic", "probs", List.of(0.1, 0.9))))),
                Arguments.of("kserve", Map.of("predictions", List.of(Map.of("toxic", 0.9, "fine", 0.1)))),
                Arguments.of("kserve", Map.of("predictions", List.of(1))),
                Arguments.of("kserve", Map.of("predictions", List.of(1.0))),
                Arguments.of("kserve", Map.of("predictions", List.of(List.of(List.of(0, 1), List.of(1))))),
                Arguments.of("fms", List.of(List.of(Map.of("detection_type", "toxic", "score", 0.9, "start", 0)))));
    }

    @ParameterizedTest
    @MethodSource("blocked")
    void blocksALabelThatIsBlocked(String engine, Object answer) throws Exception {
        Verdict verdict = asking(engine, answer).check(Stage.INPUT, "You idiot");

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Block.class, block -> {
            assertThat(block.reason()).isEqualTo("the classifier finds a label that is blocked");
            assertThat(block.evidence().get("labels")).asString().containsAnyOf("{toxic=0.9}", "{1=1.0}");
        });
    }

    static Stream<Arguments> allowed() {
        return Stream.of(
                Arguments.of("vllm", Map.of("data", List.of(Map.of("label", "fine", "probs", List.of(0.9))))),
                Arguments.of("vllm", Map.of("data", List.of(Map.of("label", "toxic", "probs", List.of(0.69))))),
                Arguments.of("kserve", Map.of("predictions", List.of(Map.of("toxic", 0.1, "fine", 0.9)))),
                Arguments.of("kserve", Map.of("predictions", List.of(0))),
                Arguments.of("kserve", Map.of("predictions", List.of(List.of(List.of(0, 0))))),
                Arguments.of("fms", List.of(List.of())));
    }

    @ParameterizedTest
    @MethodSource("allowed")
    void allowsOthersAndWhatScoresLow(String engine, Object answer) throws Exception {
        assertThat(asking(engine, answer).check(Stage.INPUT, "You idiot")).isEqualTo(Verdict.allow());
    }

    static Stream<Arguments> notUnderstood() {
        Stream<Object> ofVllm = Stream.of(
                List.of(),
                Map.of("data", Map.of()),
                Map.of("data", List.of()),
                Map.of("data", List.of("toxic")),
                Map.of("data", List.of(Map.of("label", 1, "probs", List.of(0.1)))),
                Map.of("data", List.of(Map.of("label", "fine"))),
                Map.of("data", List.of(Map.of("label", "fine", "probs", List.of()))),
                Map.of("data", List.of(Map.of("label", "fine", "probs", List.of("0.1")))),
                Map.of("data", List.of(Map.of("label", "fine", "probs", List.of(-7)))));
        Stream<Object> ofKserve = Stream.of(
                "fine",
                Map.of(),
                Map.of("predictions", List.of()),
                Map.of("predictions", List.of(0, 0)),
                Map.of("predictions", List.of("fine")),
                Map.of("predictions", List.of(0.5)),
                Map.of("predictions", List.of(Map.of())),
                Map.of("predictions", List.of(Map.of("toxic", "0.1"))),
                Map.of("predictions", Arrays.asList((Object) null)),
                Map.of("predictions", List.of(List.of(0, "1"))));
        Stream<Object> ofFms = Stream.of(
                Map.of(),
                List.of(),
                List.of(List.of(), List.of()),
                List.of(Map.of()),
                Arrays.asList((Object) null),
                List.of(List.of("toxic")),
                List.of(List.of(Map.of("detection_type", "toxic"))),
                List.of(List.of(Map.of("score", 0.1))),
                List.of(List.of(Map.of("detection_type", "toxic", "score", 2))));
        return Stream.of(
                        ofVllm.map(answer -> Arguments.of("vllm", answer)),
                        ofKserve.map(answer -> Arguments.of("kserve", answer)),
                        ofFms.map(answer -> Arguments.of("fms", answer)))
                .flatMap(one -> one);
    }

    @ParameterizedTest
    @MethodSource("notUnderstood")
    void doesNotUnderstandWhatIsNotOfItsProtocol(String engine, Object answer) {
        assertThatThrownBy(() -> asking(engine, answer).check(Stage.INPUT, "You idiot"))
                .isInstanceOf(JudgementException.class)
                .hasMessageContaining("'hf_classifier'");
    }

    @Test
    void asksEachServerInItsProtocol() throws Exception {
        assertThat(questionOf("vllm", Map.of("data", List.of(Map.of("label", "a", "probs", List.of(1))))))
                .isEqualTo(Map.of("model", "org/toxic", "input", "Hello!"));
        assertThat(questionOf("kserve", Map.of("predictions", List.of(0))))
                .isEqualTo(Map.of("instances", List.of("Hello!")));
        assertThat(questionOf("fms", List.of(List.of())))
                .isEqualTo(Map.of("contents", List.of("Hello!"), "detector_params", Map.of("threshold", 0.7)));
    }

    private static Object questionOf(String engine, Object answer) throws Exception {
        RailHarness harness = asking(engine, answer);
        harness.check(Stage.INPUT, "Hello!");
        return harness.endpointQuestions().get(0).body();
    }

    @Test
    void isThereForAnswersAndWhatIsRetrieved() throws Exception {
        Map<String, Object> classifiers = Map.of("toxicity", classifier("fms"));
        Object answer = List.of(List.of(Map.of("detection_type", "toxic", "score", 0.9)));

        assertThat(RailHarness.of(new ClassifierRails.OnOutput())
                        .parameter("classifier", "toxicity")
                        .settings("hf_classifier", classifiers)
                        .endpoint(ADDRESSES.get("fms"), body -> answer)
                        .check(Stage.OUTPUT, "You idiot"))
                .isInstanceOf(Verdict.Block.class);
        assertThat(RailHarness.of(new ClassifierRails.OnRetrieval())
                        .parameter("classifier", "toxicity")
                        .settings("hf_classifier", classifiers)
                        .endpoint(ADDRESSES.get("fms"), body -> answer)
                        .check(Stage.RETRIEVAL, "You idiot"))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void leavesAnOutageToTheEngine() {
        RailHarness harness = asking("fms", "").endpoint(ADDRESSES.get("fms"), body -> {
            throw ModelException.withMessage("HTTP 500").status(500).build();
        });

        assertThatThrownBy(() -> harness.check(Stage.INPUT, "Hello!")).isInstanceOf(ModelException.class);
    }

    @Test
    void takesTimeOutAndTlsFromTheParameters() throws Exception {
        Map<String, Object> classifier = classifier("fms");
        classifier.put(
                "parameters",
                Map.of("timeout", 5, "ca_cert", "ca.pem", "client_cert", "us.pem", "client_key", "us.key"));
        RailHarness harness =
                harness(Map.of("toxicity", classifier)).endpoint(ADDRESSES.get("fms"), body -> List.of(List.of()));

        harness.check(Stage.INPUT, "Hello!");

        assertThat(harness.endpointQuestions()).singleElement().satisfies(question -> {
            assertThat(question.address().timeout()).isEqualTo(Duration.ofSeconds(5));
            assertThat(question.address().tls())
                    .isEqualTo(new TlsOptions(
                            true,
                            Optional.of(Path.of("ca.pem")),
                            Optional.of(Path.of("us.pem")),
                            Optional.of(Path.of("us.key"))));
        });
    }

    @Test
    void leavesOtherClassifiersAsTheyAre() {
        Map<String, Object> classifiers = Map.of(
                "toxicity", classifier("fms"),
                "local",
                        Map.of(
                                "engine",
                                "local",
                                "model",
                                "x",
                                "task",
                                "token-classification",
                                "api_key_env_var",
                                "K"));

        assertThat(harness(classifiers).configure(Stage.INPUT)).isNotNull();
    }

    @Test
    void needsAClassifierThatCanBeAsked() {
        assertThatThrownBy(() -> RailHarness.of(new ClassifierRails.OnInput()).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("add $classifier=");
        assertThatThrownBy(() -> harness(Map.of("other", classifier("fms"))).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("asks the classifier 'toxicity'")
                .hasMessageContaining("[other]");
    }

    static Stream<Arguments> wrongSettings() {
        return Stream.of(
                Arguments.of("engine", "local", "there is no model within the process"),
                Arguments.of("engine", "onnx", "must be one of [vllm, kserve, fms]"),
                Arguments.of("threshold", 1.5, "must be from 0 to 1"),
                Arguments.of("blocked_labels", List.of(), "names no label"),
                Arguments.of("model", " ", "name the model"),
                Arguments.of("base_url", "models:8000", "base_url"),
                Arguments.of("parameters", Map.of("timeout", 0), "timeout"),
                Arguments.of("parameters", Map.of("client_cert", "us.pem"), "client_key"),
                Arguments.of("parameters", Map.of("verify", false), "verify"),
                Arguments.of("labels", List.of("toxic"), "labels"));
    }

    @ParameterizedTest
    @MethodSource("wrongSettings")
    void refusesWhatCannotBe(String key, Object value, String problem) {
        Map<String, Object> classifier = classifier("fms");
        classifier.put(key, value);

        assertThatThrownBy(() -> harness(Map.of("toxicity", classifier)).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(problem);
    }

    private static RailHarness asking(String engine, Object answer) {
        return harness(Map.of("toxicity", classifier(engine))).endpoint(ADDRESSES.get(engine), body -> answer);
    }

    private static RailHarness harness(Map<String, Object> classifiers) {
        return RailHarness.of(new ClassifierRails.OnInput())
                .parameter("classifier", "toxicity")
                .settings("hf_classifier", classifiers);
    }

    private static Map<String, Object> classifier(String engine) {
        return new LinkedHashMap<>(Map.of(
                "engine",
                engine,
                "model",
                "org/toxic",
                "base_url",
                "http://models:8000/",
                "threshold",
                0.7,
                "blocked_labels",
                List.of("toxic", "1")));
    }
}
