package dev.guardrails4j.server.threads;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.guardrails4j.api.Message;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Threads in the memory of this process: gone when it ends. When they are too many or too long together, those that were
 * not used for long are forgotten.
 */
final class MemoryThreads implements ThreadStore {

    private static final long WEIGHT_OF_A_THREAD = 512;

    private final ThreadLimits limits;
    private final InstantSource clock;
    private final Cache<ThreadKey, Kept> threads;

    /** @param mostBytes how much memory threads may take together, about */
    MemoryThreads(ThreadLimits limits, InstantSource clock, long mostBytes) {
        this.limits = limits;
        this.clock = clock;
        this.threads = Caffeine.newBuilder()
                .expireAfterWrite(limits.ttl())
                .ticker(tickerOf(clock))
                .maximumWeight(mostBytes)
                .weigher((ThreadKey key, Kept kept) -> (int) Math.min(Integer.MAX_VALUE, kept.weight()))
                .executor(Runnable::run)
                .build();
    }

    private static Ticker tickerOf(InstantSource clock) {
        return () -> TimeUnit.MILLISECONDS.toNanos(clock.millis());
    }

    @Override
    public Optional<StoredThread> read(ThreadKey key) {
        return Optional.ofNullable(threads.getIfPresent(key)).map(Kept::thread);
    }

    @Override
    public void append(ThreadKey key, List<Message> turn) {
        long bytes = EncodedTurn.of(turn).bytes();
        Instant now = clock.instant();
        threads.asMap().merge(key, first(turn, bytes, now), (earlier, added) -> earlier.and(added, limits));
    }

    private Kept first(List<Message> turn, long bytes, Instant now) {
        limits.require(turn.size(), bytes);
        return new Kept(new StoredThread(turn, bytes), now);
    }

    @Override
    public boolean delete(ThreadKey key) {
        return threads.asMap().remove(key) != null;
    }

    @Override
    public ThreadPage list(String scope, String after, int limit) {
        threads.cleanUp();
        return ThreadPage.of(
                threads.asMap().entrySet().stream()
                        .filter(entry -> entry.getKey().scope().equals(scope))
                        .filter(entry -> entry.getKey().id().compareTo(after) > 0)
                        .map(MemoryThreads::summary)
                        .sorted(Comparator.comparing(ThreadSummary::id))
                        .limit(limit + 1L)
                        .toList(),
                limit);
    }

    private static ThreadSummary summary(Map.Entry<ThreadKey, Kept> entry) {
        return new ThreadSummary(
                entry.getKey().id(),
                entry.getValue().thread().messages().size(),
                entry.getValue().updatedAt());
    }

    @Override
    public ThreadLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        threads.invalidateAll();
    }

    /** A thread and when its last turn was kept. */
    private record Kept(StoredThread thread, Instant updatedAt) {

        Kept and(Kept added, ThreadLimits limits) {
            List<Message> messages = new ArrayList<>(thread.messages());
            messages.addAll(added.thread.messages());
            long bytes = thread.bytes() + added.thread.bytes();
            limits.require(messages.size(), bytes);
            return new Kept(new StoredThread(messages, bytes), added.updatedAt);
        }

        long weight() {
            return WEIGHT_OF_A_THREAD + thread.bytes();
        }
    }
}
