/**
 * Owns the rails that detect and mask sensitive data, and what they recognise. Contract "config and rails" 4.7.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.pii;

import org.jspecify.annotations.NullMarked;
