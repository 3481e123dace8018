package dev.guardrails4j.server.audit;

import java.util.Optional;

/**
 * How the audit log is kept.
 *
 * @param maxBytes how long a file becomes before the next is begun, at least 1 KiB
 * @param files how many of them are kept beside the one that is written, the newest; at least 1
 * @param sync when what was written is known to have reached the disk
 * @param onFailure what becomes of requests whose decisions cannot be written
 * @param secret what hashes are keyed with
 */
public record AuditSettings(long maxBytes, int files, Sync sync, OnFailure onFailure, Optional<String> secret) {

    /** 100 files of 64 MiB, each second on the disk; what cannot be written is refused. */
    public static final AuditSettings DEFAULT =
            new AuditSettings(64L << 20, 100, Sync.EVERY_SECOND, OnFailure.REFUSE, Optional.empty());

    /** When what was written is on the disk, and outlives a power failure. That the process is killed harms none. */
    public enum Sync {
        /** Before the caller is answered. */
        ALWAYS,
        EVERY_SECOND,
        /** When the operating system likes. */
        NEVER
    }

    /** What becomes of requests whose decisions cannot be written. */
    public enum OnFailure {
        /** They are answered with 503: nothing is decided that nobody can see. */
        REFUSE,
        /** They are served, and the log of the server says that their decisions are missing. */
        CONTINUE
    }
}
