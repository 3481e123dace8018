/** Runs rails in the engine itself, from a piece of configuration: what a rail is tested with once its parts are. */
@NullMarked
package dev.guardrails4j.testkit.pipeline;

import org.jspecify.annotations.NullMarked;
