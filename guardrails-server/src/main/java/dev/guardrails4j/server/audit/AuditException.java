package dev.guardrails4j.server.audit;

/** What was decided could not be written to the audit log, so the request is not served. */
public final class AuditException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    AuditException(Throwable cause) {
        super("the audit log cannot be written", cause);
    }
}
