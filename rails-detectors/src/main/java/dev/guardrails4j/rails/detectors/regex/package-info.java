/**
 * Owns the rails that look for the patterns of {@code regex_detection}.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.regex;

import org.jspecify.annotations.NullMarked;
