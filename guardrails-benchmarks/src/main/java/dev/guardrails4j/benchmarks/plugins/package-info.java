/** Measures what it costs that a rail is a plug-in with a class loader of its own. */
@NullMarked
package dev.guardrails4j.benchmarks.plugins;

import org.jspecify.annotations.NullMarked;
