/**
 * Owns {@code server.yml}: what the server itself is told, as opposed to what the rails are. Reads it strictly and says
 * everything that is wrong with it at once.
 */
@NullMarked
package dev.guardrails4j.server.settings;

import org.jspecify.annotations.NullMarked;
