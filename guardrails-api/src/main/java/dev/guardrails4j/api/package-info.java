/**
 * What a rail author compiles against: rails, actions and chat models, and what they are given. Nothing here depends on
 * the engine; everything here is found in a jar by {@link java.util.ServiceLoader}.
 */
@NullMarked
package dev.guardrails4j.api;

import org.jspecify.annotations.NullMarked;
