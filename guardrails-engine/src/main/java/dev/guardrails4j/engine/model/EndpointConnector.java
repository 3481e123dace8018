package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.TlsOptions;
import dev.guardrails4j.engine.model.Endpoint.Patience;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** Connects the HTTP servers that rails ask. Safe for use by many threads. */
public final class EndpointConnector {

    private static final Set<String> SCHEMES = Set.of("http", "https");
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final int MAX_ATTEMPTS = 3;

    private final ModelHttpClient client;

    /** @param client shared with the models; not closed by what is connected */
    @Inject
    public EndpointConnector(ModelHttpClient client) {
        this.client = client;
    }

    /**
     * Connects a server; nothing is sent to it.
     *
     * @param connections given the connections that only this server has, to be closed with what asks it
     * @throws RailConfigurationException if there cannot be a server at this address
     */
    public JsonEndpoint connect(EndpointAddress address, Consumer<ModelHttpClient> connections) {
        requireHttp(address);
        if (!address.key().stream().allMatch(HeaderValues::isValid)) {
            throw new RailConfigurationException(
                    "the key of '%s' has characters that no header can carry; it is not shown here"
                            .formatted(address.name()));
        }
        List<Header> headers = address.key().stream()
                .<Header>map(key -> new BasicHeader("Authorization", "Bearer " + key, true))
                .toList();
        Endpoint endpoint = new Endpoint(
                address.uri(),
                false,
                Optional.empty(),
                List.of(),
                headers,
                address.key(),
                new Patience(address.timeout(), CONNECT_TIMEOUT, MAX_ATTEMPTS));
        return new HttpJsonEndpoint(address.name(), address.uri(), endpoint, client(address, connections));
    }

    /**
     * Refuses what is no address of an HTTP server.
     *
     * @throws RailConfigurationException if the address is none
     */
    public static void requireHttp(EndpointAddress address) {
        String scheme = String.valueOf(address.uri().getScheme()).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || address.uri().getHost() == null) {
            throw new RailConfigurationException(
                    "the address of '%s' must begin with http:// or https:// and a host".formatted(address.name()));
        }
    }

    private ModelHttpClient client(EndpointAddress address, Consumer<ModelHttpClient> connections) {
        if (address.tls().equals(TlsOptions.DEFAULT)) {
            return client;
        }
        try {
            ModelHttpClient own = client.with(address.tls());
            connections.accept(own);
            return own;
        } catch (RailConfigurationException e) {
            throw new RailConfigurationException(
                    "'%s' cannot be connected: %s".formatted(address.name(), e.getMessage()));
        }
    }
}
