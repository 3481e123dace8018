/**
 * Owns the rails that keep padding out of the model's context. Contract "config and rails" 4.8.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.bloat;

import org.jspecify.annotations.NullMarked;
