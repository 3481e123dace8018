package dev.guardrails4j.api;

import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an HTTP server is asked that takes and gives JSON, and how. Immutable. Not a record: its text form must not show
 * the key.
 *
 * @since 0.1
 */
public final class EndpointAddress {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private final String name;
    private final URI uri;
    private final Optional<String> key;
    private final Duration timeout;
    private final TlsOptions tls;
    private final Optional<String> modelType;

    private EndpointAddress(
            String name, URI uri, Optional<String> key, Duration timeout, TlsOptions tls, Optional<String> modelType) {
        this.name = Objects.requireNonNull(name, "name is null");
        this.uri = Objects.requireNonNull(uri, "uri is null");
        this.key = Objects.requireNonNull(key, "key is null");
        this.timeout = Objects.requireNonNull(timeout, "timeout is null");
        this.tls = Objects.requireNonNull(tls, "tls is null");
        this.modelType = modelType;
    }

    /**
     * A server that needs no key, and has 30 seconds for each call.
     *
     * @param name what it is called in the trace: {@code "jailbreak_detection"}
     * @param uri what is posted to: absolute, {@code http} or {@code https}
     */
    public static EndpointAddress of(String name, URI uri) {
        return new EndpointAddress(name, uri, Optional.empty(), DEFAULT_TIMEOUT, TlsOptions.DEFAULT, Optional.empty());
    }

    /** The same with a key, sent as {@code Authorization: Bearer}; without one if it is empty. */
    public EndpointAddress withKey(Optional<String> bearer) {
        return new EndpointAddress(name, uri, bearer, timeout, tls, modelType);
    }

    /**
     * The same with another time for each call, all its attempts together.
     *
     * @param limit from a millisecond to an hour
     */
    public EndpointAddress withTimeout(Duration limit) {
        if (limit.toMillis() < 1 || limit.compareTo(MAX_TIMEOUT) > 0) {
            throw new IllegalArgumentException("the time-out is not from 1 ms to 1 h");
        }
        return new EndpointAddress(name, uri, key, limit, tls, modelType);
    }

    /** The same with another way to trust the server, if it is asked over {@code https}. */
    public EndpointAddress withTls(TlsOptions options) {
        return new EndpointAddress(name, uri, key, timeout, options, modelType);
    }

    /**
     * The same for a model of this type: if the configuration has one in {@code models}, its {@code cache} says whether
     * answers are remembered.
     */
    public EndpointAddress ofModel(String type) {
        return new EndpointAddress(name, uri, key, timeout, tls, Optional.of(type));
    }

    public String name() {
        return name;
    }

    public URI uri() {
        return uri;
    }

    /** Not to be logged or shown. */
    public Optional<String> key() {
        return key;
    }

    public Duration timeout() {
        return timeout;
    }

    public TlsOptions tls() {
        return tls;
    }

    /** The type of model that is asked, if it is one that {@code models} may have. */
    public Optional<String> modelType() {
        return modelType;
    }

    @Override
    public String toString() {
        return name;
    }
}
