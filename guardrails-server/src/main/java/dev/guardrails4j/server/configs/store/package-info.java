/**
 * Owns the configurations that callers have stored: in memory, in the embedded database or in Redis, so that no write is
 * lost and every server sees it. Knows nothing of HTTP and of what configurations mean.
 */
@NullMarked
package dev.guardrails4j.server.configs.store;

import org.jspecify.annotations.NullMarked;
