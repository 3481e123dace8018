/**
 * Owns the rails that hold calls of tools and their results against what the request offers.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.tools;

import org.jspecify.annotations.NullMarked;
