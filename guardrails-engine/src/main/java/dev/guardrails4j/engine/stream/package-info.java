/** Owns the output window over a stream: which text rails look at, and which text they set free. */
@NullMarked
package dev.guardrails4j.engine.stream;

import org.jspecify.annotations.NullMarked;
