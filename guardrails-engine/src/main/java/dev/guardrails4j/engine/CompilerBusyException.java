package dev.guardrails4j.engine;

/** So many configurations of callers wait for being compiled that another one is not taken. Later it may be. */
public final class CompilerBusyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CompilerBusyException() {
        super("Too many configurations are being compiled; please retry later");
    }
}
