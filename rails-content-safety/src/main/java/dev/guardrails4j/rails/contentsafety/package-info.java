/**
 * Owns rails whose judge is a model made for the purpose, named by the flow's {@code $model}.
 */
@NullMarked
package dev.guardrails4j.rails.contentsafety;

import org.jspecify.annotations.NullMarked;
