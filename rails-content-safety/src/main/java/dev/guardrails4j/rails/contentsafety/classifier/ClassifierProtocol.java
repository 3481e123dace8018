package dev.guardrails4j.rails.contentsafety.classifier;

import dev.guardrails4j.rails.contentsafety.judging.ServerAnswer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** How an inference server is asked to classify a text, contract "config and rails" 4.9. */
enum ClassifierProtocol {
    /** vLLM's classification of pooling models. */
    VLLM {
        @Override
        String path(String model) {
            return "/classify";
        }

        @Override
        Object question(String model, double threshold, String text) {
            return Map.of("model", model, "input", text);
        }

        @Override
        List<Label> labels(Object answer) {
            List<?> items = ServerAnswer.of(SERVER, answer).list("data");
            List<Label> labels = items.stream().map(this::label).toList();
            if (labels.isEmpty()) {
                throw ServerAnswer.of(SERVER, answer).notUnderstood("data", "a list with the label of the text");
            }
            return labels;
        }

        private Label label(Object item) {
            ServerAnswer found = ServerAnswer.of(SERVER, item);
            return new Label(
                    found.string("label"),
                    found.list("probs").stream()
                            .map(probability -> found.score(probability, "probs"))
                            .max(Comparator.naturalOrder())
                            .orElseThrow(() -> found.notUnderstood("probs", "a list of probabilities")));
        }
    },
    /** KServe's version 1 of predictions, in each of the shapes that its Hugging Face runtime has. */
    KSERVE {
        @Override
        String path(String model) {
            return "/v1/models/"
                    + URLEncoder.encode(model, StandardCharsets.UTF_8).replace("+", "%20") + ":predict";
        }

        @Override
        Object question(String model, double threshold, String text) {
            return Map.of("instances", List.of(text));
        }

        @Override
        List<Label> labels(Object answer) {
            ServerAnswer object = ServerAnswer.of(SERVER, answer);
            List<?> predictions = object.list("predictions");
            if (predictions.size() != 1) {
                throw object.notUnderstood("predictions", "a list of one");
            }
            Object prediction = predictions.get(0);
            if (prediction instanceof Map<?, ?> probabilities && !probabilities.isEmpty()) {
                return probabilities.entrySet().stream()
                        .map(entry -> new Label(
                                String.valueOf(entry.getKey()), object.score(entry.getValue(), "predictions")))
                        .toList();
            }
            Set<Integer> classes = new TreeSet<>();
            if (!collect(prediction, classes)) {
                throw object.notUnderstood("predictions", "a list of classes or probabilities");
            }
            // A list is of tokens, and the first class is that of a token with nothing to tell.
            boolean isOfTokens = prediction instanceof List;
            return classes.stream()
                    .filter(number -> !isOfTokens || number != 0)
                    .map(number -> new Label(String.valueOf(number), 1))
                    .toList();
        }

        private boolean collect(Object prediction, Set<Integer> classes) {
            // Some runtimes write the number of a class as 1.0.
            if (prediction instanceof Number number && number.intValue() == number.doubleValue()) {
                classes.add(number.intValue());
                return true;
            }
            return prediction instanceof List<?> list
                    && list.stream().allMatch(item -> item != null && collect(item, classes));
        }
    },
    /** The detectors of the FMS guardrails orchestrator. */
    FMS {
        @Override
        String path(String model) {
            return "/api/v1/text/contents";
        }

        @Override
        Object question(String model, double threshold, String text) {
            return Map.of("contents", List.of(text), "detector_params", Map.of("threshold", threshold));
        }

        @Override
        List<Label> labels(Object answer) {
            List<?> contents = ServerAnswer.list(SERVER, answer);
            if (contents.size() != 1) {
                throw new ServerAnswer(SERVER, Map.of()).notUnderstood("contents", "a list of one list");
            }
            List<Label> labels = new ArrayList<>();
            for (Object detection : ServerAnswer.list(SERVER, contents.get(0))) {
                ServerAnswer found = ServerAnswer.of(SERVER, detection);
                labels.add(new Label(found.string("detection_type"), found.score("score")));
            }
            return labels;
        }
    };

    static final String SERVER = "hf_classifier";

    /** The engine's name in configurations. */
    String engine() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What is appended to the server's address. */
    abstract String path(String model);

    /** What is posted. */
    abstract Object question(String model, double threshold, String text);

    /**
     * What was found.
     *
     * @throws dev.guardrails4j.api.JudgementException if the answer is not one of this protocol
     */
    abstract List<Label> labels(Object answer);
}
