package dev.guardrails4j.server.configs.store;

import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import redis.clients.jedis.exceptions.JedisException;

/**
 * What is known of the version of a store that other servers change, too. It is asked for at most four times a second, by one
 * thread, while the others go on with what is known; after a change of this server's own, nobody does. Safe for use by many
 * threads.
 */
final class SharedVersion {

    private static final Logger LOG = LoggerFactory.getLogger(SharedVersion.class);
    private static final Duration KNOWN_FOR = Duration.ofMillis(250);
    /** While there is no answer, what is known holds for so long. */
    private static final Duration BELIEVED_FOR = Duration.ofMinutes(1);

    private final Supplier<String> question;
    private final ReentrantLock asking = new ReentrantLock();
    private volatile Known known;
    private long changes;

    /** @param question fails with a {@link JedisException} if there is no answer */
    SharedVersion(String first, Supplier<String> question) {
        this.question = question;
        this.known = Known.now(first);
    }

    /** @throws ConfigStoreException if it is not known */
    String get() {
        Known last = known;
        if (last.isFresh()) {
            return last.text();
        }
        if (!asking.tryLock()) {
            if (last.isBelievable()) {
                return last.text();
            }
            asking.lock();
        }
        try {
            return known.isFresh() ? known.text() : ask();
        } finally {
            asking.unlock();
        }
    }

    private String ask() {
        long changesBefore = changes();
        try {
            String text = question.get();
            learn(Known.now(text), changesBefore);
            return text;
        } catch (JedisException e) {
            Known last = known;
            if (!last.isBelievable()) {
                throw new ConfigStoreException(
                        "Redis, which keeps the configurations, does not answer as it has to", e);
            }
            LOG.warn("Redis, which keeps the configurations, does not answer; what is known is served for a while");
            learn(last.asked(), changesBefore);
            return last.text();
        }
    }

    private synchronized long changes() {
        return changes;
    }

    /** An answer to a question that was asked before a change of this server's is worth nothing. */
    private synchronized void learn(Known read, long changesBefore) {
        if (changes == changesBefore) {
            known = read;
        }
    }

    /** Says that this server has changed the store. */
    synchronized void supersede() {
        changes++;
        known = known.superseded();
    }

    /**
     * A version.
     *
     * @param readAt when it was read, on the clock of this JVM
     * @param askedAt when it was last asked for
     * @param isSuperseded whether it is known to be another one by now
     */
    private record Known(String text, long readAt, long askedAt, boolean isSuperseded) {

        static Known now(String text) {
            long now = System.nanoTime();
            return new Known(text, now, now, false);
        }

        boolean isFresh() {
            return !isSuperseded && System.nanoTime() - askedAt < KNOWN_FOR.toNanos();
        }

        boolean isBelievable() {
            return !isSuperseded && System.nanoTime() - readAt < BELIEVED_FOR.toNanos();
        }

        Known asked() {
            return new Known(text, readAt, System.nanoTime(), isSuperseded);
        }

        Known superseded() {
            return new Known(text, readAt, askedAt, true);
        }
    }
}
