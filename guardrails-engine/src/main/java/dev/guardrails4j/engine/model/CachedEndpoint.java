package dev.guardrails4j.engine.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.engine.config.ModelCacheConfig;

/**
 * A server whose answers are remembered, as those of a model are: what it was asked once is not asked again. Safe for use by
 * many threads.
 */
public final class CachedEndpoint implements JsonEndpoint {

    /** The longest answer that is kept, in characters; classifiers answer with a few words. */
    private static final int LONGEST_ANSWER = 16_384;

    private final JsonEndpoint endpoint;
    private final CacheStatistics statistics;
    private final Cache<String, Object> answers;

    /**
     * Remembers what a server answers.
     *
     * @param type of the model it is, by which the log tells it from others
     */
    public CachedEndpoint(String type, JsonEndpoint endpoint, ModelCacheConfig config) {
        this.endpoint = endpoint;
        this.statistics = new CacheStatistics(type, config);
        this.answers = Caffeine.newBuilder()
                .maximumSize(config.maxSize())
                .evictionListener((key, answer, cause) -> statistics.evicted())
                .executor(Runnable::run)
                .build();
    }

    /**
     * An answer, and where it is from.
     *
     * @param fromCache whether the server was not asked for it, because it had been before
     */
    public record Answer(Object value, boolean fromCache) {}

    /** Asks a server, which may be one of these. */
    public static Answer ask(JsonEndpoint endpoint, Object body, Deadline deadline) {
        return endpoint instanceof CachedEndpoint cached
                ? cached.answer(body, deadline)
                : new Answer(endpoint.post(body, deadline), false);
    }

    @Override
    public String name() {
        return endpoint.name();
    }

    @Override
    public Object post(Object body, Deadline deadline) {
        return answer(body, deadline).value();
    }

    private Answer answer(Object body, Deadline deadline) {
        String key = Fingerprint.of(body);
        Object known = answers.getIfPresent(key);
        if (known != null) {
            statistics.hit(answers.estimatedSize());
            return new Answer(known, true);
        }
        statistics.miss(answers.estimatedSize());
        Object answer = endpoint.post(body, deadline);
        if (answer.toString().length() <= LONGEST_ANSWER) {
            answers.put(key, answer);
            statistics.put();
        }
        return new Answer(answer, false);
    }

    /** The answer to this was of no use to who asked: it is to be asked again. */
    public void forget(Object body) {
        answers.invalidate(Fingerprint.of(body));
    }
}
