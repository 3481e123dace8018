/**
 * Owns the OpenAI wire: reading and validating chat completion requests, and rendering answers and errors. Knows no HTTP
 * server.
 */
@NullMarked
package dev.guardrails4j.server.openai;

import org.jspecify.annotations.NullMarked;
