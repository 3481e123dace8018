package dev.guardrails4j.engine.model;

import java.util.Optional;

/**
 * What an attempt brought.
 *
 * @param answer the answer, without a body if that is still to come
 * @param body what is still to come
 */
record Opened(HttpAnswer answer, Optional<ArrivingBody> body) {

    static Opened whole(HttpAnswer answer) {
        return new Opened(answer, Optional.empty());
    }
}
