/**
 * Owns finding jars, one class loader a plug-in, and the catalogue of rails, actions and model providers.
 */
@NullMarked
package dev.guardrails4j.engine.plugin;

import org.jspecify.annotations.NullMarked;
