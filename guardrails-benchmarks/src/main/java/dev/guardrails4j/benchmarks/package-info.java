/**
 * Measures a running server from outside: a mock upstream that costs little, a load generator that does not omit what
 * it had to wait for, and scenarios that compare calls through the server with calls straight to the mock. Owns no part
 * of the server and depends on none.
 */
@NullMarked
package dev.guardrails4j.benchmarks;

import org.jspecify.annotations.NullMarked;
