/**
 * Owns running a conversation: configurations compiled to blueprints, stages, verdicts, failure policies, deadlines
 * and cancellation.
 */
@NullMarked
package dev.guardrails4j.engine.pipeline;

import org.jspecify.annotations.NullMarked;
