/**
 * Owns what is counted and timed while the server runs, and its text for Prometheus. Names are those of the reference,
 * contract "config and rails" 6.6, and else of OpenTelemetry's conventions.
 */
@NullMarked
package dev.guardrails4j.server.metrics;

import org.jspecify.annotations.NullMarked;
