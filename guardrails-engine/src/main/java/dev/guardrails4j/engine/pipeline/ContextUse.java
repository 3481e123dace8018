package dev.guardrails4j.engine.pipeline;

import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a check has looked at more than the text under check. If not, it will decide the same wherever it sees the same
 * text. Safe for use by many threads.
 */
final class ContextUse {

    private volatile boolean looked;

    /** It looks at something else. */
    void look() {
        looked = true;
    }

    boolean hasLooked() {
        return looked;
    }

    /**
     * Variables that notice when they are read.
     *
     * @param ofText those that hold the text under check, and nothing else
     */
    Map<String, Object> watched(Map<String, Object> variables, Set<String> ofText) {
        return new AbstractMap<>() {

            @Override
            public @Nullable Object get(@Nullable Object name) {
                lookAt(name);
                return variables.get(name);
            }

            @Override
            public boolean containsKey(@Nullable Object name) {
                lookAt(name);
                return variables.containsKey(name);
            }

            @Override
            public Set<Entry<String, Object>> entrySet() {
                look();
                return variables.entrySet();
            }

            private void lookAt(@Nullable Object name) {
                if (!ofText.contains(name)) {
                    look();
                }
            }
        };
    }
}
