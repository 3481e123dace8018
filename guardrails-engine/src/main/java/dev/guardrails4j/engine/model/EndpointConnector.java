package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.model.Endpoint.Patience;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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
     * @throws RailConfigurationException if there cannot be a server at this address
     */
    public JsonEndpoint connect(EndpointAddress address) {
        String scheme = String.valueOf(address.uri().getScheme()).toLowerCase(Locale.ROOT);
        if (!SCHEMES.contains(scheme) || address.uri().getHost() == null) {
            throw new RailConfigurationException(
                    "the address of '%s' must begin with http:// or https:// and a host".formatted(address.name()));
        }
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
        return new HttpJsonEndpoint(address.name(), address.uri(), endpoint, client);
    }
}
