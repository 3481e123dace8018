package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.function.Consumer;

/** Finds entities of some kinds in a text. Safe for use by many threads. */
interface Recognizer {

    /**
     * Tells all that it finds, in any order, overlapping or not.
     *
     * @param text folded
     * @param limit how long it may take
     * @throws InterruptedException if the thread was interrupted
     */
    void find(String text, Duration limit, Consumer<Finding> found) throws InterruptedException;
}
