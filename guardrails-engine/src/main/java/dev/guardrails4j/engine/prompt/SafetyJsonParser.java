package dev.guardrails4j.engine.prompt;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code nemoguard_parse_*}: an answer that is one JSON object with a verdict and maybe {@code Safety Categories}. Read
 * strictly, the verdict is {@code safe} or {@code unsafe} and no key comes twice; white space and a code fence around the
 * object are allowed.
 */
final class SafetyJsonParser implements OutputParser {

    private static final String CATEGORIES = "Safety Categories";
    private static final String FENCE = "```";

    private final String verdictKey;
    private final boolean isStrict;
    private final JsonMapper mapper;

    private SafetyJsonParser(String verdictKey, boolean isStrict) {
        this.verdictKey = verdictKey;
        this.isStrict = isStrict;
        StreamReadConstraints limits = StreamReadConstraints.builder()
                .maxNestingDepth(20)
                .maxStringLength(Answers.MAX_LENGTH)
                .maxNameLength(1_000)
                .maxNumberLength(100)
                .build();
        this.mapper = JsonMapper.builder(JsonFactory.builder()
                        .streamReadConstraints(limits)
                        .recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool())
                        .build())
                .configure(StreamReadFeature.STRICT_DUPLICATE_DETECTION, isStrict)
                .configure(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION, false)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .build();
    }

    static OutputParsers.Readings readings(String verdictKey) {
        return new OutputParsers.Readings(
                new SafetyJsonParser(verdictKey, true), new SafetyJsonParser(verdictKey, false));
    }

    @Override
    public Judgement parse(String answer) {
        String json = Answers.bounded(answer).strip();
        JsonNode object = read(isStrict ? withoutFence(json) : json);
        String value = text(object, verdictKey).orElseThrow(this::notUnderstood);
        String verdict = (isStrict ? value.strip() : value).toLowerCase(Locale.ROOT);
        if (isStrict && !verdict.equals("safe") && !verdict.equals("unsafe")) {
            throw notUnderstood();
        }
        List<String> categories = categories(object);
        return verdict.equals("safe") ? new Judgement(true, List.of()) : new Judgement(false, categories);
    }

    private JsonNode read(String json) {
        try {
            JsonNode node = mapper.readTree(json);
            if (node.isObject()) {
                return node;
            }
        } catch (JsonProcessingException e) {
            // Its message may quote the answer.
            throw notUnderstood();
        }
        throw notUnderstood();
    }

    private static String withoutFence(String json) {
        if (!json.startsWith(FENCE) || !json.endsWith(FENCE) || json.length() < 2 * FENCE.length()) {
            return json;
        }
        String fenced = json.substring(FENCE.length(), json.length() - FENCE.length());
        return fenced.regionMatches(true, 0, "json", 0, 4) ? fenced.substring(4) : fenced;
    }

    private List<String> categories(JsonNode object) {
        JsonNode categories = object.get(CATEGORIES);
        if (categories == null || (isStrict && categories.isNull())) {
            return List.of();
        }
        if (isStrict && categories.isArray()) {
            List<String> named = new ArrayList<>();
            categories.forEach(category -> named.add(category.isTextual() ? category.textValue() : ""));
            return Answers.violations(String.join(",", named), ",");
        }
        return Answers.violations(text(object, CATEGORIES).orElseThrow(this::notUnderstood), ",");
    }

    private static Optional<String> text(JsonNode object, String key) {
        return Optional.ofNullable(object.get(key)).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private JudgementException notUnderstood() {
        return new JudgementException(
                "the judge's answer is not one JSON object with \"" + verdictKey + "\": \"safe\" or \"unsafe\"");
    }
}
