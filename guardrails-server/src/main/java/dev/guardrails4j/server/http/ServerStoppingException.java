package dev.guardrails4j.server.http;

/** An answer cannot be completed, for the server stops and the time for what runs is over. */
final class ServerStoppingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ServerStoppingException() {
        super("The server is stopping");
    }
}
