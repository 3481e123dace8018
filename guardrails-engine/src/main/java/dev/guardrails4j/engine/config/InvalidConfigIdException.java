package dev.guardrails4j.engine.config;

/**
 * A config id that names no configuration, or that could lead out of the folder of configurations. The message may be
 * shown to whoever sent the id: it holds no path.
 */
public final class InvalidConfigIdException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public InvalidConfigIdException(String message) {
        super(message);
    }
}
