package dev.guardrails4j.engine.model;

import dev.guardrails4j.engine.ThreadKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.core5.net.InetAddressUtils;

/**
 * Looks up hosts by threads of its own. The JVM's lookup cannot be interrupted and knows no time-out, and would hold one of the
 * few threads that carry virtual ones: with a name server that does not answer, calls end in their time all the same, and calls
 * of other hosts go on. Calls of the same host at a time share one lookup. What is found is kept by the JVM. Safe for use by
 * many threads.
 */
final class HostLookup implements DnsResolver, AutoCloseable {

    private static final int MOST_AT_A_TIME = 16;
    private static final int MOST_WAITING = 1_000;
    private static final ThreadLocal<Patience> PATIENCE = new ThreadLocal<>();

    private final DnsResolver names;
    private final Map<String, CompletableFuture<InetAddress[]>> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = ThreadKind.PLATFORM.executor("host-lookups", MOST_AT_A_TIME, MOST_WAITING);

    /** @param names what may hang */
    HostLookup(DnsResolver names) {
        this.names = names;
    }

    /** Waits for a lookup as long as a call may. */
    @FunctionalInterface
    interface Patience {

        /**
         * Waits.
         *
         * @throws TimeoutException if it has not come in time
         */
        InetAddress[] await(CompletableFuture<InetAddress[]> lookup)
                throws InterruptedException, ExecutionException, TimeoutException;
    }

    /** What may look up hosts. */
    @FunctionalInterface
    interface Work<T> {

        T run() throws IOException;
    }

    /** Does something, of which no lookup takes longer than this patience has. */
    <T> T within(Patience time, Work<T> work) throws IOException {
        PATIENCE.set(time);
        try {
            return work.run();
        } finally {
            PATIENCE.remove();
        }
    }

    /** @throws LateLookupException if there was no answer in time */
    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        Patience time = PATIENCE.get();
        if (time == null || InetAddressUtils.isIPv4(host) || InetAddressUtils.isIPv6(host)) {
            return names.resolve(host);
        }
        try {
            return time.await(running.computeIfAbsent(host, this::begin));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownHostException unknown) {
                throw unknown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException | RejectedExecutionException e) {
            throw new LateLookupException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LateLookupException(e);
        }
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }

    private CompletableFuture<InetAddress[]> begin(String host) {
        CompletableFuture<InetAddress[]> lookup = new CompletableFuture<>();
        threads.execute(() -> {
            try {
                lookup.complete(names.resolve(host));
            } catch (UnknownHostException | RuntimeException | Error e) {
                lookup.completeExceptionally(e);
            } finally {
                running.remove(host, lookup);
            }
        });
        return lookup;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }

    /** No name server has answered in time, or too many hosts are being looked up. */
    static final class LateLookupException extends UnknownHostException {

        private static final long serialVersionUID = 1L;

        private LateLookupException(Exception cause) {
            initCause(cause);
        }
    }
}
