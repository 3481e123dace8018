package dev.guardrails4j.server.wire;

import java.util.ArrayList;
import java.util.List;

/**
 * What is wrong with a request, collected so that the caller learns all of it at once (contract "chat server" 1.1). For
 * one request; not safe for use by many threads.
 */
public final class Violations {

    /** More than these help nobody, and an answer must not grow with the request. */
    private static final int LIMIT = 50;

    private final List<Violation> found = new ArrayList<>();

    /** Records a violation. */
    public void add(Violation violation) {
        if (found.size() < LIMIT) {
            found.add(violation);
        }
    }

    /** Whether nothing was found. */
    public boolean isEmpty() {
        return found.isEmpty();
    }

    /** Records what another collection has found. */
    public void addAll(Violations others) {
        others.found.forEach(this::add);
    }

    /** Ends the reading of the request if anything was found. */
    public void throwIfAny() {
        if (!found.isEmpty()) {
            throw RequestException.invalid(found);
        }
    }
}
