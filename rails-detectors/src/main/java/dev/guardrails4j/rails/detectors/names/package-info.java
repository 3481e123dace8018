/**
 * Owns the small model that tells names of people, places and organisations from other words.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.names;

import org.jspecify.annotations.NullMarked;
