package dev.guardrails4j.rails.contentsafety.judging;

import dev.guardrails4j.api.JudgementException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A JSON object that a server answered with, or a part of it. Read strictly: what is missing or of another type is not
 * understood, so that the rail fails closed. What is said of it never holds the answer.
 *
 * @param server what the server is called
 * @param fields as they came
 */
public record ServerAnswer(String server, Map<?, ?> fields) {

    private static final String SCORE = "a number from 0 to 1";

    /**
     * An object.
     *
     * @throws JudgementException if the value is none
     */
    public static ServerAnswer of(String server, @Nullable Object value) {
        if (value instanceof Map<?, ?> fields) {
            return new ServerAnswer(server, fields);
        }
        throw new JudgementException("the answer of '" + server + "' is not the JSON object that was expected");
    }

    /**
     * A list.
     *
     * @throws JudgementException if the value is none
     */
    public static List<?> list(String server, @Nullable Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new JudgementException("the answer of '" + server + "' is not the JSON list that was expected");
    }

    public Optional<Object> find(String key) {
        return Optional.ofNullable(fields.get(key));
    }

    public boolean flag(String key) {
        return require(key, Boolean.class, "true or false");
    }

    public String string(String key) {
        return require(key, String.class, "a string");
    }

    /** A number from 0 to 1. */
    public double score(String key) {
        return score(find(key).orElseThrow(() -> notUnderstood(key, SCORE)), key);
    }

    /** The same for a value that is found at {@code key} in another way. */
    public double score(@Nullable Object value, String key) {
        if (value instanceof Number number && number.doubleValue() >= 0 && number.doubleValue() <= 1) {
            return number.doubleValue();
        }
        throw notUnderstood(key, SCORE);
    }

    /** A whole number within the range of {@code int}. */
    public int integer(String key) {
        return require(key, Integer.class, "a whole number");
    }

    public List<?> list(String key) {
        return require(key, List.class, "a list");
    }

    public ServerAnswer object(String key) {
        return of(server, require(key, Map.class, "an object"));
    }

    /** The fault of an answer whose value is not what it must be. */
    public JudgementException notUnderstood(String key, String due) {
        return new JudgementException("the answer of '" + server + "' has no '" + key + "' that is " + due);
    }

    private <T> T require(String key, Class<T> type, String due) {
        return find(key).filter(type::isInstance).map(type::cast).orElseThrow(() -> notUnderstood(key, due));
    }
}
