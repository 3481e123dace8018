package dev.guardrails4j.engine.prompt;

import org.jspecify.annotations.Nullable;

/**
 * A template cannot be compiled, or not be rendered with the values it was given. The message is for the configuration's
 * author and never holds a value.
 */
final class TemplateException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int line;

    /**
     * @param line the line of the template, counted from 1; 0 if it is not known
     * @param message what is wrong and what would be right, without the place
     */
    TemplateException(int line, String message) {
        super(message);
        this.line = line;
    }

    /** A template that cannot be rendered, at a place that is not known. */
    TemplateException(String message) {
        this(0, message);
    }

    /** The message with its place. */
    String describe() {
        return line == 0 ? text() : "line " + line + " of the template: " + text();
    }

    private String text() {
        @Nullable String message = getMessage();
        return message == null ? "" : message;
    }
}
