/**
 * Owns making the start-up cache: a real server is started for the JVM to watch, sent typical requests and stopped. Which
 * cache a start uses is the launcher's decision.
 */
@NullMarked
package dev.guardrails4j.server.startup;

import org.jspecify.annotations.NullMarked;
