/**
 * Owns the spans of requests, and where they are sent: contract "config and rails" 6.5, and OpenTelemetry's GenAI
 * conventions.
 */
@NullMarked
package dev.guardrails4j.server.tracing;

import org.jspecify.annotations.NullMarked;
