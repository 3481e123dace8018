/**
 * Owns reading and validating configuration folders into one immutable {@link
 * dev.guardrails4j.engine.config.RailsConfig}, and combining several of them.
 */
@NullMarked
package dev.guardrails4j.engine.config;

import org.jspecify.annotations.NullMarked;
