/** Owns what the server proves itself with: certificates and keys, from PEM files or a key store. Knows nothing of HTTP. */
@NullMarked
package dev.guardrails4j.server.tls;

import org.jspecify.annotations.NullMarked;
