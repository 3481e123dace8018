/** Owns the process: where it starts and how it ends. */
@NullMarked
package dev.guardrails4j.server;

import org.jspecify.annotations.NullMarked;
