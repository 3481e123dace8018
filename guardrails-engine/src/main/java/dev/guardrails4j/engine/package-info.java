/**
 * The engine's front door: {@link dev.guardrails4j.engine.Guardrails} runs conversations through the rails of a
 * configuration. Usable as a library, without HTTP.
 */
@NullMarked
package dev.guardrails4j.engine;

import org.jspecify.annotations.NullMarked;
