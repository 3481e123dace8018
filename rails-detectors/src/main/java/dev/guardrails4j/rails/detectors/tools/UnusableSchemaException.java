package dev.guardrails4j.rails.detectors.tools;

import java.io.Serial;

/** A tool's JSON Schema cannot be used. The message says why, as the end of a sentence, and quotes nothing of it. */
final class UnusableSchemaException extends Exception {

    @Serial
    private static final long serialVersionUID = 1L;

    UnusableSchemaException(String problem) {
        super(problem);
    }
}
