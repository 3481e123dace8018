/** Owns noticing that files have changed, by looking at them: when to look, and when a change has come to rest. */
@NullMarked
package dev.guardrails4j.engine.watch;

import org.jspecify.annotations.NullMarked;
