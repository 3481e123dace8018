/**
 * Owns task prompts: choosing them, rendering them, their length limits; and the output parsers that read what
 * models answer to them.
 */
@NullMarked
package dev.guardrails4j.engine.prompt;

import org.jspecify.annotations.NullMarked;
