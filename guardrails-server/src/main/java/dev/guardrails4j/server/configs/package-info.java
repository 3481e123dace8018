/**
 * Owns the configurations that requests bring, store or refer to (contract "checks" 3.4 and 8): what their names mean, and
 * how what is wrong with them is told. Knows no HTTP server.
 */
@NullMarked
package dev.guardrails4j.server.configs;

import org.jspecify.annotations.NullMarked;
