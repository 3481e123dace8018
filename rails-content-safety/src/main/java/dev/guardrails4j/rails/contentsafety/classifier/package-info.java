/**
 * Owns the rails that ask classifiers of texts on inference servers.
 */
@NullMarked
package dev.guardrails4j.rails.contentsafety.classifier;

import org.jspecify.annotations.NullMarked;
