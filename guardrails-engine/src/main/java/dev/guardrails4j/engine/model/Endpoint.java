package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.ModelAccess;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.net.URIBuilder;

/**
 * Where a model is asked, and how patiently. Not a record: its text form must not show the key.
 */
final class Endpoint {

    private static final Set<String> NO_DEPLOYMENT = Set.of("", ".", "..");

    private static final String AUTHORIZATION = "Authorization";
    private static final String KEY_HEADER = "api-key";

    private final URI base;
    private final Optional<String> deployment;
    private final boolean hasDeployments;
    private final List<NameValuePair> query;
    private final List<Header> headers;
    private final Optional<String> key;
    private final Patience patience;

    /**
     * @param base what {@code chat/completions} is appended to
     * @param hasDeployments whether the model is named by the path, as a deployment
     * @param deployment the deployment, if it has another name than the model
     * @param query the parameters of every request's query
     * @param headers the headers of every request, the key among them
     * @param key the key, so that it can be kept out of messages
     */
    Endpoint(
            URI base,
            boolean hasDeployments,
            Optional<String> deployment,
            List<NameValuePair> query,
            List<Header> headers,
            Optional<String> key,
            Patience patience) {
        this.base = base;
        this.hasDeployments = hasDeployments;
        this.deployment = deployment;
        this.query = List.copyOf(query);
        this.headers = List.copyOf(headers);
        this.key = key;
        this.patience = patience;
    }

    /**
     * Where this model is asked.
     *
     * @throws ModelException if there cannot be a deployment of this name
     */
    URI uri(String model) {
        URIBuilder uri = new URIBuilder(base);
        if (hasDeployments) {
            String name = deployment.orElse(model);
            if (NO_DEPLOYMENT.contains(name)) {
                throw ModelException.withMessage("the model's name is not one a deployment can have")
                        .build();
            }
            uri.appendPathSegments("openai", "deployments", name);
        }
        uri.appendPathSegments("chat", "completions");
        if (!query.isEmpty()) {
            uri.addParameters(query);
        }
        try {
            return uri.build();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("an endpoint that was read has no URI", e);
        }
    }

    /** The same with a caller's headers, and its key if it has one. */
    Endpoint with(ModelAccess access) {
        List<Header> others = new ArrayList<>(headers);
        others.removeIf(header -> access.headers().containsKey(header.getName()));
        access.headers().forEach((name, value) -> others.add(new BasicHeader(name, value, true)));
        Endpoint endpoint = new Endpoint(base, hasDeployments, deployment, query, others, key, patience);
        return access.key().map(endpoint::withKey).orElse(endpoint);
    }

    /** The same with another key, in the header in which this one's is. */
    private Endpoint withKey(String other) {
        boolean hasOwnHeader = hasDeployments
                || headers.stream().anyMatch(header -> header.getName().equalsIgnoreCase(KEY_HEADER));
        List<Header> others = new ArrayList<>(headers);
        others.removeIf(header -> header.getName().equalsIgnoreCase(KEY_HEADER)
                || header.getName().equalsIgnoreCase(AUTHORIZATION));
        others.add(
                hasOwnHeader
                        ? new BasicHeader(KEY_HEADER, other, true)
                        : new BasicHeader(AUTHORIZATION, "Bearer " + other, true));
        return new Endpoint(base, hasDeployments, deployment, query, others, Optional.of(other), patience);
    }

    List<Header> headers() {
        return headers;
    }

    Optional<String> key() {
        return key;
    }

    Patience patience() {
        return patience;
    }

    /**
     * How long and how often a model is tried.
     *
     * @param total for the whole call, all attempts together
     * @param connect for making a connection
     * @param maxAttempts how often, at least 1
     */
    record Patience(Duration total, Duration connect, int maxAttempts) {}
}
