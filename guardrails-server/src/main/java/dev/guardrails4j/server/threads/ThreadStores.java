package dev.guardrails4j.server.threads;

import dev.guardrails4j.server.storage.EmbeddedDatabase;
import dev.guardrails4j.server.storage.RedisAddress;
import java.time.InstantSource;

/** Opens the stores there are. Each is to be closed by whoever opens it. */
public final class ThreadStores {

    private static final long MOST_MEMORY_BYTES = 256L << 20;
    private static final int SHARE_OF_THE_HEAP = 8;

    private ThreadStores() {}

    /** Threads in the memory of this process, an eighth of it and 256 MiB at most. */
    public static ThreadStore memory(ThreadLimits limits) {
        return new MemoryThreads(
                limits,
                InstantSource.system(),
                Math.min(MOST_MEMORY_BYTES, Runtime.getRuntime().maxMemory() / SHARE_OF_THE_HEAP));
    }

    /** Threads in the embedded database, which is to be closed after them. */
    public static ThreadStore embedded(EmbeddedDatabase database, ThreadLimits limits) {
        return new EmbeddedThreads(database, limits, InstantSource.system());
    }

    /**
     * Threads in Redis.
     *
     * @throws ThreadStoreException if it does not answer, with a message for the operator
     */
    public static ThreadStore redis(RedisAddress address, ThreadLimits limits) {
        return RedisThreads.open(address, limits, InstantSource.system());
    }
}
