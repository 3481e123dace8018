package dev.guardrails4j.api;

/**
 * A judging model's answer could not be understood. The message never holds the answer.
 *
 * @since 0.1
 */
public class JudgementException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public JudgementException(String message) {
        super(message);
    }
}
