/**
 * Owns rails whose judge is a prompt to a language model. The prompts are the configuration's: there are no defaults.
 */
@NullMarked
package dev.guardrails4j.rails.selfcheck;

import org.jspecify.annotations.NullMarked;
