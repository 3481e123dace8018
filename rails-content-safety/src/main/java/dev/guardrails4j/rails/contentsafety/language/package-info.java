/**
 * Owns which language a user writes, and how one refuses in it.
 */
@NullMarked
package dev.guardrails4j.rails.contentsafety.language;

import org.jspecify.annotations.NullMarked;
