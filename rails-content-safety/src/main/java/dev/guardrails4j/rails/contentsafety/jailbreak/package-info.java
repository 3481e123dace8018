/**
 * Owns the rails that ask a server whether a message tries to break out of the assistant's instructions.
 */
@NullMarked
package dev.guardrails4j.rails.contentsafety.jailbreak;

import org.jspecify.annotations.NullMarked;
