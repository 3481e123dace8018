package dev.guardrails4j.api;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a rail decided about the text it was given. Rails decide; how a block is presented to the user is the engine's
 * business: with the rail's {@link Rail#refusal()}.
 *
 * <p>Evidence is what an operator needs to understand the decision, in JSON-like values (strings, numbers, booleans,
 * lists, maps). It appears in traces and logs of decisions: it must not hold secrets.
 *
 * <p>Verdicts are immutable.
 *
 * @since 0.1
 */
public sealed interface Verdict {

    /** The text passes unchanged. */
    static Verdict allow() {
        return Allow.WITHOUT_EVIDENCE;
    }

    /**
     * The text must not pass.
     *
     * @param reason why, for the operator, in a few words; not shown to the user
     */
    static Verdict block(String reason) {
        return new Block(reason, Optional.empty(), Map.of());
    }

    /**
     * The text must not pass, and what the user is told of it depends on the text: a refusal in the user's language, or one
     * that says what was found. Where it is always the same, {@link Rail#refusal()} says it.
     *
     * @param reason why, for the operator, in a few words; not shown to the user
     * @param refusal what the user is told, also if the configuration has words of its own for the rail; not blank, without
     *     what the text held
     */
    static Verdict block(String reason, String refusal) {
        return new Block(reason, Optional.of(refusal), Map.of());
    }

    /**
     * The text passes in another form.
     *
     * @param text what takes the place of the text under check; may be empty
     */
    static Rewrite rewrite(String text) {
        return new Rewrite(text, Map.of(), Map.of());
    }

    /** Why the rail decided so, in the order it was added; never {@code null}, often empty. */
    Map<String, Object> evidence();

    /**
     * The same verdict with one more piece of evidence.
     *
     * @param key what it is, in snake case; an earlier value of the same key is replaced
     * @param value a string, number, boolean, list or map
     */
    Verdict with(String key, Object value);

    /** The text passes unchanged. */
    record Allow(Map<String, Object> evidence) implements Verdict {

        private static final Allow WITHOUT_EVIDENCE = new Allow(Map.of());

        public Allow {
            evidence = copyOf(evidence);
        }

        @Override
        public Verdict with(String key, Object value) {
            return new Allow(plus(evidence, key, value));
        }
    }

    /** The text must not pass; {@code refusal} is what the user is told, if not the rail's {@link Rail#refusal()}. */
    record Block(String reason, Optional<String> refusal, Map<String, Object> evidence) implements Verdict {

        public Block {
            Objects.requireNonNull(reason, "reason is null");
            if (refusal.filter(String::isBlank).isPresent()) {
                throw new IllegalArgumentException("refusal is blank");
            }
            evidence = copyOf(evidence);
        }

        @Override
        public Verdict with(String key, Object value) {
            return new Block(reason, refusal, plus(evidence, key, value));
        }
    }

    /**
     * The text passes in another form.
     *
     * @param originals what the engine puts back into the answer, its tool calls and its stream, once the rails have let them
     *     pass, by the placeholder that took its place in {@code text}; for this request only. Never in logs or traces
     */
    record Rewrite(String text, Map<String, String> originals, Map<String, Object> evidence) implements Verdict {

        /** The longest placeholder, in characters. */
        public static final int MAX_PLACEHOLDER_CHARACTERS = 128;

        public Rewrite {
            Objects.requireNonNull(text, "text is null");
            originals = Map.copyOf(originals);
            originals.keySet().forEach(Rewrite::requirePlaceholder);
            evidence = copyOf(evidence);
        }

        @Override
        public Verdict with(String key, Object value) {
            return new Rewrite(text, originals, plus(evidence, key, value));
        }

        /**
         * The same with placeholders that stand for something only as long as the model works on it. Works before the model
         * is asked: at {@link Stage#INPUT}, {@link Stage#RETRIEVAL} and {@link Stage#TOOL_INPUT}.
         *
         * @param placeholders what each stands for, by placeholder: between {@code <} and {@code >}, without either inside,
         *     and not to be guessed by anybody who writes to the model, or they would be given what it stands for
         */
        public Rewrite restoring(Map<String, String> placeholders) {
            return new Rewrite(text, placeholders, evidence);
        }

        /** Without the originals: verdicts may be logged. */
        @Override
        public String toString() {
            return "Rewrite[text=" + text + ", evidence=" + evidence + "]";
        }

        private static void requirePlaceholder(String placeholder) {
            int last = placeholder.length() - 1;
            if (placeholder.length() > MAX_PLACEHOLDER_CHARACTERS
                    || last < 1
                    || placeholder.lastIndexOf('<') != 0
                    || placeholder.indexOf('>') != last) {
                throw new IllegalArgumentException("not a placeholder; it must be like <NAME_4f7a1c>");
            }
        }
    }

    private static Map<String, Object> plus(Map<String, Object> evidence, String key, Object value) {
        Map<String, Object> more = new LinkedHashMap<>(evidence);
        more.put(Objects.requireNonNull(key, "key is null"), Objects.requireNonNull(value, "value is null"));
        return more;
    }

    private static Map<String, Object> copyOf(Map<String, Object> evidence) {
        return evidence.isEmpty() ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(evidence));
    }
}
