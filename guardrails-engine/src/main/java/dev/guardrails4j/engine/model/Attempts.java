package dev.guardrails4j.engine.model;

import dev.guardrails4j.engine.upstream.Upstream;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

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
            try {
                Opened opened = attempt.make();
                boolean isLast = made == most || upstream.isLeftAlone();
                Optional<Duration> pause = isLast ? Optional.empty() : retries.pauseAfter(opened.answer(), made);
                if (pause.isEmpty() || !exchange.pause(pause.get())) {
                    return opened;
                }
            } catch (IOException e) {
                boolean isLast = made == most || upstream.isLeftAlone();
                Optional<Duration> pause = isLast ? Optional.empty() : retries.pauseAfter(e, made);
                if (pause.isEmpty() || !exchange.pause(pause.get())) {
                    throw TransportFailure.of(e);
                }
            }
        }
    }
}
