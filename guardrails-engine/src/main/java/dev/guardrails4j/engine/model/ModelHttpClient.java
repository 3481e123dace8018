package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.TlsOptions;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.upstream.Upstream;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.engine.upstream.Upstreams;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.entity.GZIPInputStreamFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;

/**
 * The pooled HTTP client that all models of an engine share. Blocks its callers, and is made for thousands of them at once,
 * best on virtual threads. Uses no proxy, cookies or redirects. Safe for use by many threads.
 */
public final class ModelHttpClient implements AutoCloseable {

    /** Longer answers get room as they come: who only says that they will come shall not take it. */
    private static final int MOST_AT_ONCE = 64 * 1024;

    /** How much longer than what it says a stream may be: each token comes in an event of some 200 bytes. */
    private static final int FRAMING_FACTOR = 16;

    private final Limits limits;
    private final RetryRule retries;
    private final Attempts attempts;
    private final HostLookup hosts;
    private final Upstreams upstreams;
    private final CloseableHttpClient client;
    private final ScheduledExecutorService timer;
    private volatile boolean closed;

    /** A client with the usual limits. */
    public ModelHttpClient() {
        this(Limits.DEFAULT);
    }

    public ModelHttpClient(Limits limits) {
        this(limits, SystemDefaultDnsResolver.INSTANCE);
    }

    /** @param upstreams what each server may be asked, and whether it is left alone */
    public ModelHttpClient(Limits limits, Upstreams upstreams) {
        this(limits, upstreams, TlsMaterial.ofTheJdk(), SystemDefaultDnsResolver.INSTANCE);
    }

    /** @param names what looks up hosts; it may hang */
    ModelHttpClient(Limits limits, DnsResolver names) {
        this(limits, new Upstreams(UpstreamLimits.DEFAULT, EngineObserver.NOTHING), TlsMaterial.ofTheJdk(), names);
    }

    private ModelHttpClient(Limits limits, Upstreams upstreams, TlsSocketStrategy tls, DnsResolver names) {
        this.hosts = new HostLookup(names);
        this.limits = limits;
        this.upstreams = upstreams;
        // Asked anew each time: a generator of its own must not be shared by threads.
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        this.retries = new RetryRule(limits.backOff(), Clock.systemUTC(), random);
        this.attempts = new Attempts(retries);
        this.client = HttpClientBuilder.create()
                .setConnectionManager(ConnectionPool.of(limits.maxConnections(), tls, hosts))
                .setUserAgent(userAgent())
                .setContentDecoderRegistry(new LinkedHashMap<>(Map.of("gzip", GZIPInputStreamFactory.getInstance())))
                .evictIdleConnections(TimeValue.ofMinutes(1))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableConnectionState()
                .disableAuthCaching()
                .build();
        this.timer = ThreadKind.clock("model-time-outs");
    }

    /**
     * Another client with the same limits and upstreams, whose servers are trusted in another way.
     *
     * @throws dev.guardrails4j.api.RailConfigurationException if the options cannot be used
     */
    ModelHttpClient with(TlsOptions options) {
        return new ModelHttpClient(limits, upstreams, TlsMaterial.strategy(options), SystemDefaultDnsResolver.INSTANCE);
    }

    /**
     * Begins a call, which is to be closed.
     *
     * @throws ModelException if the client is closed
     */
    Exchange begin(Endpoint endpoint, Deadline deadline) {
        try {
            return new Exchange(timer, endpoint.patience().total(), deadline);
        } catch (RejectedExecutionException e) {
            throw closed ? TransportFailure.closed(e) : e;
        }
    }

    /**
     * Sends a request until it is answered, its attempts are used up, or its time is over.
     *
     * @param body JSON; not copied
     * @return the last answer, of whatever status
     * @throws ModelException if there was no answer that can be read
     */
    HttpAnswer post(Endpoint endpoint, URI uri, byte[] body, Deadline deadline) {
        try (Exchange exchange = begin(endpoint, deadline)) {
            return attempt(
                            exchange,
                            endpoint,
                            uri,
                            this::whole,
                            () -> EndpointRequests.whole(endpoint, uri, body, exchange.remaining()))
                    .answer();
        }
    }

    /**
     * Asks for what is at a place, otherwise as {@link #post}.
     *
     * @throws ModelException if there was no answer that can be read
     */
    HttpAnswer get(Endpoint endpoint, URI uri, Deadline deadline) {
        try (Exchange exchange = begin(endpoint, deadline)) {
            return attempt(
                            exchange,
                            endpoint,
                            uri,
                            this::whole,
                            () -> EndpointRequests.question(endpoint, uri, exchange.remaining()))
                    .answer();
        }
    }

    /**
     * Sends a request as {@link #post} does, but leaves the body of a success to be read: once its first byte is here, there
     * are no further attempts.
     *
     * @param exchange closed with the body, if there is one; the caller's to close in any other case
     */
    Opened open(Exchange exchange, Endpoint endpoint, URI uri, byte[] body) {
        return attempt(
                exchange,
                endpoint,
                uri,
                response -> isSuccess(response) ? arriving(exchange, response) : whole(response),
                () -> EndpointRequests.streamed(endpoint, uri, body, exchange.remaining(), limits.maxSilence()));
    }

    /** How long an answer may be, uncompressed. */
    int maxAnswerBytes() {
        return limits.maxAnswerBytes();
    }

    /** What an answer's header {@code Retry-After} says. */
    Optional<Duration> retryAfter(HttpAnswer answer) {
        return retries.retryAfter(answer);
    }

    /** Closes all connections. Calls that run fail. */
    @Override
    public void close() {
        closed = true;
        client.close(CloseMode.IMMEDIATE);
        hosts.close();
        timer.shutdownNow();
    }

    private Opened attempt(
            Exchange exchange, Endpoint endpoint, URI uri, Reading reading, Supplier<HttpUriRequestBase> request) {
        Upstream upstream = upstreams.of(uri);
        try {
            return attempts.make(
                    exchange,
                    upstream,
                    endpoint.patience().maxAttempts(),
                    () -> send(exchange, upstream, request, reading));
        } catch (IllegalStateException e) {
            throw closed ? TransportFailure.closed(e) : e;
        }
    }

    private Opened send(Exchange exchange, Upstream upstream, Supplier<HttpUriRequestBase> asked, Reading reading)
            throws IOException {
        AttemptOutcome outcome = AttemptOutcome.enter(exchange, upstream);
        try {
            // Only now: it holds how much time is left, and there may have been a wait.
            HttpUriRequestBase request = asked.get();
            Opened opened = send(exchange, request, reading);
            outcome.brought(opened);
            return opened;
        } catch (IOException | RuntimeException e) {
            outcome.failed(e, closed);
            throw e;
        } catch (Error e) {
            outcome.leave();
            throw e;
        }
    }

    private Opened send(Exchange exchange, HttpUriRequestBase request, Reading reading) throws IOException {
        exchange.begin(request);
        try {
            Duration connect = EndpointRequests.connectTimeout(request);
            return reading.read(hosts.within(
                    lookup -> exchange.await(lookup, connect), () -> client.executeOpen(null, request, null)));
        } catch (IOException | IllegalStateException e) {
            // Gives the connection up: what is left on it is not read.
            request.cancel();
            // An aborted request fails in whatever way it is in at that moment.
            if (exchange.hasEnded()) {
                throw TransportFailure.tooLate();
            }
            throw e;
        }
    }

    private Opened whole(ClassicHttpResponse response) throws IOException {
        int limit = limits.maxAnswerBytes();
        HttpEntity entity = response.getEntity();
        InputStream in = content(response);
        boolean isShort = entity != null && entity.getContentLength() >= 0 && entity.getContentLength() <= MOST_AT_ONCE;
        byte[] body = isShort ? in.readNBytes((int) entity.getContentLength()) : in.readNBytes(limit + 1);
        if (body.length > limit) {
            throw UnreadableAnswerException.longerThan(limit);
        }
        // Not on failure: closing reads what is left.
        in.close();
        return Opened.whole(new HttpAnswer(response.getCode(), response, body));
    }

    private Opened arriving(Exchange exchange, ClassicHttpResponse response) throws IOException {
        ArrivingBody body =
                new ArrivingBody(exchange, content(response), (long) FRAMING_FACTOR * limits.maxAnswerBytes());
        body.peek();
        return new Opened(new HttpAnswer(response.getCode(), response, new byte[0]), Optional.of(body));
    }

    private static InputStream content(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        return entity == null ? InputStream.nullInputStream() : entity.getContent();
    }

    private static boolean isSuccess(ClassicHttpResponse response) {
        return response.getCode() >= 200 && response.getCode() < 300;
    }

    private static String userAgent() {
        String version = ModelHttpClient.class.getPackage().getImplementationVersion();
        return "guardrails4j/" + (version == null ? "development" : version);
    }

    /** How the body of an answer is read. */
    @FunctionalInterface
    private interface Reading {

        Opened read(ClassicHttpResponse response) throws IOException;
    }

    /**
     * What a client may use.
     *
     * @param maxConnections open connections to one host, at least 1; further calls wait for one
     * @param maxAnswerBytes the longest answer that is read, uncompressed, at least 1
     * @param backOff the pause before the second attempt; doubled with each further one, up to 16 times as long
     * @param maxSilence how long an endpoint may send nothing before or within a stream
     */
    public record Limits(int maxConnections, int maxAnswerBytes, Duration backOff, Duration maxSilence) {

        private static final Duration MAX_SILENCE = Duration.ofMinutes(2);

        public static final Limits DEFAULT = new Limits(20_000, 16 * 1024 * 1024, Duration.ofMillis(500));

        public Limits {
            if (maxConnections < 1) {
                throw new IllegalArgumentException("maxConnections is below 1");
            }
            if (maxAnswerBytes < 1 || maxAnswerBytes == Integer.MAX_VALUE) {
                throw new IllegalArgumentException("maxAnswerBytes is not from 1 to 2147483646");
            }
            if (backOff.isNegative()) {
                throw new IllegalArgumentException("backOff is negative");
            }
            if (maxSilence.toMillis() < 1) {
                throw new IllegalArgumentException("maxSilence is below 1 ms");
            }
        }

        /** With the usual silence of two minutes, contract "config and rails" 6.2. */
        public Limits(int maxConnections, int maxAnswerBytes, Duration backOff) {
            this(maxConnections, maxAnswerBytes, backOff, MAX_SILENCE);
        }
    }
}
