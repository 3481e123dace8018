/**
 * Owns the rails that hold JSON against a schema: calls of tools and their results, and answers.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.tools;

import org.jspecify.annotations.NullMarked;
