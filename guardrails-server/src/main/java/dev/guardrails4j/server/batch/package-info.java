/** Checks texts by the thousand, line by line: as fast as the machine is, in no more memory for more lines. */
@NullMarked
package dev.guardrails4j.server.batch;

import org.jspecify.annotations.NullMarked;
