/**
 * Owns who may do what: the API keys, what each of them may do, and how much of it a minute. Knows nothing of HTTP.
 */
@NullMarked
package dev.guardrails4j.server.access;

import org.jspecify.annotations.NullMarked;
