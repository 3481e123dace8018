package dev.guardrails4j.server.cli;

/** A command cannot do its work. The message is shown to the user as it is: what is wrong, and what to do about it. */
final class CommandFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CommandFailure(String message) {
        super(message);
    }
}
