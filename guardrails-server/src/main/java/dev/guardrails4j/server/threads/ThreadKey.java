package dev.guardrails4j.server.threads;

import java.util.Objects;

/**
 * Which thread.
 *
 * @param scope whose; threads of one scope are not to be seen from another. Letters, digits and {@code . _ -}
 * @param id the caller's name for it, any text
 */
public record ThreadKey(String scope, String id) {

    /** The scope of callers that nothing tells apart. */
    public static final String EVERYBODY = "default";

    public ThreadKey {
        Objects.requireNonNull(id, "id is null");
        if (!scope.matches("[A-Za-z0-9._-]{1,128}")) {
            throw new IllegalArgumentException("a scope has letters, digits and . _ - only");
        }
    }

    @Override
    public String toString() {
        return "a thread of " + scope;
    }
}
