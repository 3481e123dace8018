package dev.guardrails4j.server.batch;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** A line cannot be used. The message says why, without its subject, and does not quote the line. */
final class BadLineException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Optional<JsonNode> id;

    /** @param id what the line calls itself, if that could be read */
    BadLineException(Optional<JsonNode> id, String problem) {
        super(problem);
        this.id = id;
    }

    Optional<JsonNode> id() {
        return id;
    }
}
