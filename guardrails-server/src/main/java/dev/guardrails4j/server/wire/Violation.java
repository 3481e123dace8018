package dev.guardrails4j.server.wire;

/**
 * What is wrong with one place of a request.
 *
 * @param location where, beginning with {@code "body"} or {@code "query"}: {@code "body.messages.0.role"}
 * @param message what is wrong, without the value and without its kind
 * @param isRule whether a rule of the API's own is broken, and not only the shape of a value
 */
public record Violation(String location, String message, boolean isRule) {

    /** The place below the whole, {@code "messages.0.role"}; empty if it is the whole. */
    String param() {
        int dot = location.indexOf('.');
        return dot < 0 ? "" : location.substring(dot + 1);
    }

    /** As contract "chat server" 1.1 spells it. */
    @Override
    public String toString() {
        return location + ": " + (isRule ? "Value error, " : "") + message;
    }
}
