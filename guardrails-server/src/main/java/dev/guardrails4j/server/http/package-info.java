/**
 * Owns HTTP: routes, limits, request ids, and the one place where exceptions become answers. Hands bodies to the wire
 * package and requests to the engine; knows nothing of either's insides.
 */
@NullMarked
package dev.guardrails4j.server.http;

import org.jspecify.annotations.NullMarked;
