/**
 * Owns the rails that ask a GLiNER server for personal data.
 */
@NullMarked
package dev.guardrails4j.rails.contentsafety.pii;

import org.jspecify.annotations.NullMarked;
