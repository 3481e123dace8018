package dev.guardrails4j.engine.pipeline;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.model.Fingerprint;
import java.time.Duration;
import java.util.Optional;

/**
 * What rails have decided about texts, for some time, so that the earlier turns of a conversation need not be checked again
 * with each further one. Holds what depends on the text alone; bounded in size and age. Safe for use by many threads.
 */
final class Verdicts {

    /** How long a verdict holds: judges and lists change. */
    static final Duration MAX_AGE = Duration.ofHours(1);

    /** How many characters all verdicts have together; one that only says yes counts as {@link #LEAST_WEIGHT}. */
    static final long MAX_WEIGHT = 16 * 1024 * 1024;

    private static final int LEAST_WEIGHT = 256;

    private final Cache<String, Verdict> verdicts;

    Verdicts(Ticker ticker) {
        this.verdicts = Caffeine.newBuilder()
                .maximumWeight(MAX_WEIGHT)
                .weigher((String key, Verdict verdict) -> weight(verdict))
                .expireAfterWrite(MAX_AGE)
                .ticker(ticker)
                .build();
    }

    /** Those that hold for the requests of one caller who has chosen this model. */
    Remembered of(String caller, ChosenModel model) {
        return new Remembered(caller, model.name().orElse(""));
    }

    /** What all that is held now weighs. */
    long weight() {
        verdicts.cleanUp();
        return verdicts.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    /** What was decided for one caller. What one may know of another's texts is nothing, be it by how fast the answer is. */
    final class Remembered {

        private final String caller;
        private final String model;

        private Remembered(String caller, String model) {
            this.caller = caller;
            this.model = model;
        }

        Optional<Verdict> find(ConfiguredRail rail, String text) {
            return Optional.ofNullable(verdicts.getIfPresent(key(rail, text)));
        }

        void keep(ConfiguredRail rail, String text, Verdict verdict) {
            // What placeholders stand for is for one request: neither kept nor shared.
            if (!(verdict instanceof Verdict.Rewrite rewrite)
                    || rewrite.originals().isEmpty()) {
                verdicts.put(key(rail, text), verdict);
            }
        }

        private String key(ConfiguredRail rail, String text) {
            return Fingerprint.of(caller, model, rail.id(), text);
        }
    }

    private static int weight(Verdict verdict) {
        long characters = String.valueOf(verdict).length();
        return (int) Math.min(Integer.MAX_VALUE, LEAST_WEIGHT + characters);
    }
}
