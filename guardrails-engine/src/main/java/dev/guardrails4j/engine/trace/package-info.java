/**
 * Owns what happened during a request: activated rails, executed actions, model calls, durations.
 */
@NullMarked
package dev.guardrails4j.engine.trace;

import org.jspecify.annotations.NullMarked;
