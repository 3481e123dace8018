package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.audit.AuditSettings;

/**
 * Where decisions are written.
 *
 * @param file as it is written
 * @param settings how
 */
public record AuditFileSettings(String file, AuditSettings settings) {}
