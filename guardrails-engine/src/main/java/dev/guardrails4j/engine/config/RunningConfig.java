package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.Stage;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How the rails of a configuration are run, contract "config and rails" 1.3.
 *
 * @param parallel the stages whose judging rails run at once
 * @param speculative whether the main model starts beside the input rails, and is shown only if they let the text pass
 * @param maxBufferedChunks how many chunks of a streamed answer are read until they have, at least 1
 * @param streaming how answers are checked while they are streamed
 * @param inputScope which of the user's messages the input rails check
 * @param requestTimeout the longest time of a whole request; a request may ask for less
 */
public record RunningConfig(
        Set<Stage> parallel,
        boolean speculative,
        int maxBufferedChunks,
        OutputStreaming streaming,
        InputScope inputScope,
        Optional<Duration> requestTimeout) {

    static final int DEFAULT_MAX_BUFFERED_CHUNKS = 4096;

    public RunningConfig {
        parallel = Set.copyOf(parallel);
    }

    /** The same, for requests that take no longer than another configuration lets them. */
    RunningConfig within(Optional<Duration> limit) {
        Optional<Duration> shortest =
                Stream.concat(limit.stream(), requestTimeout.stream()).min(Comparator.naturalOrder());
        return new RunningConfig(parallel, speculative, maxBufferedChunks, streaming, inputScope, shortest);
    }

    /**
     * {@code rails.output.streaming}.
     *
     * @param enabled whether answers may be streamed through output rails
     * @param chunkSize after how many chunks the rails are asked, at least 1
     * @param contextSize how many chunks before those they see again, at least 0; rails that rewrite see them before they
     *     are shown, the others after
     * @param streamFirst whether chunks are shown before they are checked; the reference does unless told otherwise, we do
     *     not
     */
    public record OutputStreaming(boolean enabled, int chunkSize, int contextSize, boolean streamFirst) {

        static final OutputStreaming DEFAULT = new OutputStreaming(false, 200, 50, false);
    }
}
