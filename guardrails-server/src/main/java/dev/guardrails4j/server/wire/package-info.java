/**
 * Owns what every API's wire is made of: reading bodies with the place of every value, saying what is wrong with a
 * request, writing JSON. Knows no HTTP server and no API.
 */
@NullMarked
package dev.guardrails4j.server.wire;

import org.jspecify.annotations.NullMarked;
