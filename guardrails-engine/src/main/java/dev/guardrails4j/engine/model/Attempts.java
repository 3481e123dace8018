package dev.guardrails4j.engine.model;

import dev.guardrails4j.engine.upstream.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Tries until there is an answer, the attempts are used up, or the time is over. */
final class Attempts {

    private final RetryRule retries;

    Attempts(RetryRule retries) {
        this.retries = retries;
    }

    /** One attempt. */
    @FunctionalInterface
    interface Attempt {

        /** Makes the attempt; fails if there is no answer. */
        Opened make() throws IOException;
    }

    /**
     * @param upstream whose circuit breaker no attempt goes against
     * @param most how many attempts there are, at least 1
     * @return the last answer, of whatever status
     * @throws dev.guardrails4j.api.ModelException if there was no answer that can be read, or the upstream is left
     *     alone or has no place
     */
    Opened make(Exchange exchange, Upstream upstream, int most, Attempt attempt) {
        for (int made = 1; ; made++) {
            int attempts = made;
            boolean isLast = made == most;
            try {
                Opened opened = attempt.make();
                if (isLast || !waits(exchange, upstream, () -> retries.pauseAfter(opened.answer(), attempts))) {
                    return opened;
                }
            } catch (IOException e) {
                if (isLast || !waits(exchange, upstream, () -> retries.pauseAfter(e, attempts))) {
                    throw TransportFailure.of(e);
                }
            }
        }
    }

    /** Waits until it is time for another attempt, if there is to be one. */
    private static boolean waits(Exchange exchange, Upstream upstream, Supplier<Optional<Duration>> pause) {
        return !upstream.isLeftAlone() && pause.get().filter(exchange::pause).isPresent();
    }
}
