/**
 * Owns rails that need no model: what they look for is in the text itself. One package a family.
 */
@NullMarked
package dev.guardrails4j.rails.detectors;

import org.jspecify.annotations.NullMarked;
