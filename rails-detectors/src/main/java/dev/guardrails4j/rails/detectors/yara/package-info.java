/**
 * Owns YARA rules: reads the part of the language that looks for text, and finds what matches. No modules, no loops over
 * matches, nothing of files.
 */
@NullMarked
package dev.guardrails4j.rails.detectors.yara;

import org.jspecify.annotations.NullMarked;
