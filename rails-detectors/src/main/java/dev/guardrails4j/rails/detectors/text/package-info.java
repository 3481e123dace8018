/**
 * Owns what detectors of every family share: how a text is folded before it is searched, and what becomes of what was found.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.text;

import org.jspecify.annotations.NullMarked;
