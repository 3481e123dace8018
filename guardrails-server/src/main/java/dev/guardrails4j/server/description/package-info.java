/**
 * Owns what {@code GET /openapi.json} says: the descriptions of all areas, put together. What they say is kept true by
 * tests, which hold every answer of the running server against it.
 */
@NullMarked
package dev.guardrails4j.server.description;

import org.jspecify.annotations.NullMarked;
