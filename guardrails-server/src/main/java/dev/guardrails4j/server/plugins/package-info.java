/**
 * Owns what the server tells of its plug-ins.
 */
@NullMarked
package dev.guardrails4j.server.plugins;

import org.jspecify.annotations.NullMarked;
