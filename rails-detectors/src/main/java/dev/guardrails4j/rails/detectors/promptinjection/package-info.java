/**
 * Owns the detection of prompt injection: texts that want to override instructions, change the model's role, get at its
 * system prompt, or hide that they do. Rules and a small linear model, no language model.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.promptinjection;

import org.jspecify.annotations.NullMarked;
