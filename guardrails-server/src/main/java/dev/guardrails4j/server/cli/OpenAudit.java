package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.audit.AuditLog;
import dev.guardrails4j.server.settings.AuditFileSettings;
import dev.guardrails4j.server.storage.StorageException;
import java.util.Optional;

/**
 * Where the server writes its decisions.
 *
 * @param log empty if nowhere
 * @param shown where, for the summary
 */
record OpenAudit(Optional<AuditLog> log, Optional<String> shown) implements AutoCloseable {

    /**
     * Opens what the settings say.
     *
     * @throws CommandFailure if it cannot be opened
     */
    static OpenAudit open(Optional<AuditFileSettings> settings, Surroundings surroundings) {
        try {
            return new OpenAudit(
                    settings.map(audit -> AuditLog.open(surroundings.path(audit.file()), audit.settings())),
                    settings.map(AuditFileSettings::file));
        } catch (StorageException e) {
            throw new CommandFailure("the audit log cannot be written: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        log.ifPresent(AuditLog::close);
    }
}
