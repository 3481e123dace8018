package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.model.Endpoint.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.entity.GZIPInputStreamFactory;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.pool.PoolConcurrencyPolicy;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * The pooled HTTP client that all models of an engine share. Blocks its callers, and is made for thousands of them at once,
 * best on virtual threads. Uses no proxy, cookies or redirects. Safe for use by many threads.
 */
public final class ModelHttpClient implements AutoCloseable {

    private static final int MAX_HEADERS = 200;
    private static final int MAX_LINE_BYTES = 16 * 1024;
    private static final ContentType JSON = ContentType.create("application/json");

    private final Limits limits;
    private final RetryRule retries;
    private final CloseableHttpClient client;
    private final ScheduledThreadPoolExecutor timer;
    private volatile boolean closed;

    /** A client with the usual limits. */
    public ModelHttpClient() {
        this(Limits.DEFAULT);
    }

    public ModelHttpClient(Limits limits) {
        this.limits = limits;
        // Asked anew each time: a generator of its own must not be shared by threads.
        RandomGenerator random = () -> ThreadLocalRandom.current().nextLong();
        this.retries = new RetryRule(limits.backOff(), Clock.systemUTC(), random);
        this.client = HttpClientBuilder.create()
                .setConnectionManager(pool(limits.maxConnections()))
                .setUserAgent(userAgent())
                .setContentDecoderRegistry(new LinkedHashMap<>(Map.of("gzip", GZIPInputStreamFactory.getInstance())))
                .evictIdleConnections(TimeValue.ofMinutes(1))
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableConnectionState()
                .disableAuthCaching()
                .build();
        this.timer = new ScheduledThreadPoolExecutor(1, work -> {
            Thread thread = new Thread(work, "model-time-outs");
            thread.setDaemon(true);
            return thread;
        });
        timer.setRemoveOnCancelPolicy(true);
    }

    /**
     * Sends a request until it is answered, its attempts are used up, or its time is over.
     *
     * @param body JSON; not copied
     * @return the last answer, of whatever status
     * @throws ModelException if there was no answer that can be read
     */
    HttpAnswer post(Endpoint endpoint, URI uri, byte[] body, Deadline deadline) {
        Patience patience = endpoint.patience();
        try (Exchange exchange = new Exchange(timer, patience.total(), deadline)) {
            for (int attempt = 1; ; attempt++) {
                boolean isLast = attempt == patience.maxAttempts();
                try {
                    HttpAnswer answer = send(exchange, request(endpoint, uri, body, exchange.remaining()));
                    Optional<Duration> pause = isLast ? Optional.empty() : retries.pauseAfter(answer, attempt);
                    if (pause.isEmpty() || !exchange.pause(pause.get())) {
                        return answer;
                    }
                } catch (IOException e) {
                    Optional<Duration> pause = isLast ? Optional.empty() : retries.pauseAfter(e, attempt);
                    if (pause.isEmpty() || !exchange.pause(pause.get())) {
                        throw TransportFailure.of(e);
                    }
                }
            }
        } catch (RejectedExecutionException | IllegalStateException e) {
            throw closed ? TransportFailure.closed(e) : e;
        }
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
        timer.shutdownNow();
    }

    private HttpAnswer send(Exchange exchange, HttpPost request) throws IOException {
        exchange.begin(request);
        try (ClassicHttpResponse response = client.executeOpen(null, request, null)) {
            try {
                return new HttpAnswer(response.getCode(), response, read(response));
            } catch (IOException e) {
                // Closing a response reads the rest of it; closing an aborted one does not.
                request.cancel();
                throw e;
            }
        } catch (IOException | IllegalStateException e) {
            // An aborted request fails in whatever way it is in at that moment.
            if (exchange.hasEnded()) {
                throw TransportFailure.tooLate();
            }
            throw e;
        }
    }

    private byte[] read(ClassicHttpResponse response) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity == null) {
            return new byte[0];
        }
        int limit = limits.maxAnswerBytes();
        InputStream in = entity.getContent();
        byte[] body = in.readNBytes(limit + 1);
        if (body.length > limit) {
            throw new UnreadableAnswerException("it is longer than " + limit + " bytes");
        }
        in.close();
        return body;
    }

    private static HttpPost request(Endpoint endpoint, URI uri, byte[] body, Duration remaining) {
        HttpPost request = new HttpPost(uri);
        endpoint.headers().forEach(request::addHeader);
        if (!request.containsHeader("Accept")) {
            request.addHeader("Accept", JSON.getMimeType());
        }
        request.setEntity(new ByteArrayEntity(body, JSON));
        request.setConfig(config(endpoint.patience().connect(), remaining));
        return request;
    }

    // Deprecated in favour of a setting of the pool, where two models of one host could not differ.
    @SuppressWarnings("deprecation")
    private static RequestConfig config(Duration connect, Duration remaining) {
        return RequestConfig.custom()
                .setConnectTimeout(Timeout.of(connect.compareTo(remaining) < 0 ? connect : remaining))
                .setConnectionRequestTimeout(Timeout.of(remaining))
                .setResponseTimeout(Timeout.of(remaining))
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    private static PoolingHttpClientConnectionManager pool(int maxConnections) {
        Http1Config bounded = Http1Config.custom()
                .setMaxHeaderCount(MAX_HEADERS)
                .setMaxLineLength(MAX_LINE_BYTES)
                .build();
        return PoolingHttpClientConnectionManagerBuilder.create()
                .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                        .http1Config(bounded)
                        .build())
                .setPoolConcurrencyPolicy(PoolConcurrencyPolicy.LAX)
                .setMaxConnTotal(maxConnections)
                .setMaxConnPerRoute(maxConnections)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                        .setTimeToLive(TimeValue.ofMinutes(5))
                        .build())
                .build();
    }

    private static String userAgent() {
        String version = ModelHttpClient.class.getPackage().getImplementationVersion();
        return "guardrails4j/" + (version == null ? "development" : version);
    }

    /**
     * What a client may use.
     *
     * @param maxConnections open connections to one host, at least 1; further calls wait for one
     * @param maxAnswerBytes the longest answer that is read, uncompressed, at least 1
     * @param backOff the pause before the second attempt; doubled with each further one, up to 16 times as long
     */
    public record Limits(int maxConnections, int maxAnswerBytes, Duration backOff) {

        public static final Limits DEFAULT = new Limits(4_000, 16 * 1024 * 1024, Duration.ofMillis(500));

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
        }
    }
}
