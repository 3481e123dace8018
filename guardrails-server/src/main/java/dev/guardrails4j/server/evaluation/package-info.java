/**
 * Owns the measuring of rails on labelled texts: reading data files, counting what rails catch and what they wrongly stop,
 * and writing reports. Knows nothing of HTTP and of the command line.
 */
@NullMarked
package dev.guardrails4j.server.evaluation;

import org.jspecify.annotations.NullMarked;
