/**
 * Owns chat models: the OpenAI-compatible client, its retries and time-outs, the engines known by name, and the
 * separation of reasoning from answers.
 */
@NullMarked
package dev.guardrails4j.engine.model;

import org.jspecify.annotations.NullMarked;
