/**
 * Owns what the rails of this module share: how they read their parameters, texts and the answers of servers.
 */
@NullMarked
package dev.guardrails4j.rails.contentsafety.judging;

import org.jspecify.annotations.NullMarked;
