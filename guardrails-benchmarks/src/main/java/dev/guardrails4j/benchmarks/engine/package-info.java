/** Measures the parts of a request's path that every request goes through, each alone. */
@NullMarked
package dev.guardrails4j.benchmarks.engine;

import org.jspecify.annotations.NullMarked;
