/**
 * Owns where what the server keeps is written: one embedded database, or Redis. Knows nothing of what is kept there.
 */
@NullMarked
package dev.guardrails4j.server.storage;

import org.jspecify.annotations.NullMarked;
