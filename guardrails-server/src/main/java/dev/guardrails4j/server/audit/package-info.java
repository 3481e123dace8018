/**
 * Owns the audit log: which decisions are written, how one line follows from the other, and how that is verified. Knows nothing of
 * HTTP.
 */
@NullMarked
package dev.guardrails4j.server.audit;

import org.jspecify.annotations.NullMarked;
