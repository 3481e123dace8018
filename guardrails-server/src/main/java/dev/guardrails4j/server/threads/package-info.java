/**
 * Owns conversation threads: keeping what was said from one turn to the next, in memory, in a file or in Redis, and which
 * turns are kept. Knows nothing of HTTP.
 */
@NullMarked
package dev.guardrails4j.server.threads;

import org.jspecify.annotations.NullMarked;
