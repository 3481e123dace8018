/**
 * Owns the rails that detect and mask secrets: keys, tokens, passwords and whatever else opens a door.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.secrets;

import org.jspecify.annotations.NullMarked;
