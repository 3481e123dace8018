/**
 * Owns the command line: options, what commands print, exit codes. Puts the engine, the plug-ins and the HTTP server
 * together, and knows how the files of a distribution lie.
 */
@NullMarked
package dev.guardrails4j.server.cli;

import org.jspecify.annotations.NullMarked;
