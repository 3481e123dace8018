package dev.guardrails4j.server.batch;

import dev.guardrails4j.engine.CheckResult.Status;

/**
 * How many lines of a batch went which way.
 *
 * @param errors those that could not be checked
 */
public record BatchCount(long passed, long modified, long blocked, long errors) {

    static final BatchCount NONE = new BatchCount(0, 0, 0, 0);

    BatchCount plus(CheckedLine line) {
        return new BatchCount(
                passed + (line.is(Status.PASSED) ? 1 : 0),
                modified + (line.is(Status.MODIFIED) ? 1 : 0),
                blocked + (line.is(Status.BLOCKED) ? 1 : 0),
                errors + (line.isError() ? 1 : 0));
    }

    /** All of them. */
    public long lines() {
        return passed + modified + blocked + errors;
    }

    /** Whether every line was checked and may pass, as it is or as the rails changed it. */
    public boolean mayAllPass() {
        return blocked == 0 && errors == 0;
    }
}
