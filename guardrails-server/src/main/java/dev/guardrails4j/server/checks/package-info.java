/**
 * Owns the wire of the guardrail microservice: check requests and their answers, and errors (contract "checks"). Knows no
 * HTTP server.
 */
@NullMarked
package dev.guardrails4j.server.checks;

import org.jspecify.annotations.NullMarked;
