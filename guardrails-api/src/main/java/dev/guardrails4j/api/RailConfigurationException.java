package dev.guardrails4j.api;

/**
 * A configuration asks for something that a rail cannot do. The message is for the configuration's author: what is
 * wrong and what to do about it. {@link Settings#error} makes one that names file, line and key.
 *
 * @since 0.1
 */
public class RailConfigurationException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public RailConfigurationException(String message) {
        super(message);
    }
}
