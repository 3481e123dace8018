/**
 * Owns the rails that ask a model about calls and results of tools.
 */
@NullMarked
package dev.guardrails4j.rails.contentsafety.tools;

import org.jspecify.annotations.NullMarked;
