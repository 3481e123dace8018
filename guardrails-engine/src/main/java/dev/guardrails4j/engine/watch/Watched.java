package dev.guardrails4j.engine.watch;

import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Things that may change.
 *
 * @param name what they are called in the log: {@code "configurations"}
 * @param known what was seen of each thing when it was last taken up; what differs from it is a change
 * @param look what is seen of each thing now, by its name: a value that differs once the thing has changed. Called often,
 *     so it is to be cheap; what it throws means that nothing can be seen at the moment
 * @param onChange told the names of things that were changed, added or removed, once they have come to rest
 */
public record Watched(
        String name, Map<String, Object> known, Supplier<Map<String, Object>> look, Consumer<Set<String>> onChange) {

    /**
     * Things that are taken up as they are now.
     *
     * @throws RuntimeException what looking at them throws
     */
    public Watched(String name, Supplier<Map<String, Object>> look, Consumer<Set<String>> onChange) {
        this(name, look.get(), look, onChange);
    }
}
