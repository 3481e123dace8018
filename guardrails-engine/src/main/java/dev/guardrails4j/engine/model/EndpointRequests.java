package dev.guardrails4j.engine.model;

import java.net.URI;
import java.time.Duration;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.Timeout;

/** What an endpoint is sent. */
final class EndpointRequests {

    private static final ContentType JSON = ContentType.create("application/json");

    private EndpointRequests() {}

    /**
     * A request whose answer is read as a whole. How long that may take is not the socket's to watch: the exchange ends.
     *
     * @param body JSON; not copied
     */
    static HttpPost whole(Endpoint endpoint, URI uri, byte[] body, Duration remaining) {
        return request(endpoint, uri, body, "application/json", remaining, Timeout.DISABLED);
    }

    /**
     * A request whose answer is read while it arrives. It is not to be compressed: that makes what is written wait.
     *
     * @param idle how long the endpoint may be silent
     */
    static HttpPost streamed(Endpoint endpoint, URI uri, byte[] body, Duration remaining, Duration idle) {
        HttpPost request = request(
                endpoint,
                uri,
                body,
                "text/event-stream, application/json",
                remaining,
                Timeout.of(shorter(idle, remaining)));
        if (!request.containsHeader("Accept-Encoding")) {
            request.addHeader("Accept-Encoding", "identity");
        }
        return request;
    }

    /** A question that has no body. */
    static HttpGet question(Endpoint endpoint, URI uri, Duration remaining) {
        return prepared(new HttpGet(uri), endpoint, "application/json", remaining, Timeout.DISABLED);
    }

    private static HttpPost request(
            Endpoint endpoint, URI uri, byte[] body, String accept, Duration remaining, Timeout silence) {
        HttpPost request = prepared(new HttpPost(uri), endpoint, accept, remaining, silence);
        request.setEntity(new ByteArrayEntity(body, JSON));
        return request;
    }

    private static <T extends HttpUriRequestBase> T prepared(
            T request, Endpoint endpoint, String accept, Duration remaining, Timeout silence) {
        endpoint.headers().forEach(request::addHeader);
        CallHeaders.current().forEach((name, value) -> {
            if (!request.containsHeader(name)) {
                request.addHeader(name, value);
            }
        });
        if (!request.containsHeader("Accept")) {
            request.addHeader("Accept", accept);
        }
        request.setConfig(config(shorter(endpoint.patience().connect(), remaining), remaining, silence));
        return request;
    }

    // Deprecated in favour of a setting of the pool, where two models of one host could not differ.
    @SuppressWarnings("deprecation")
    private static RequestConfig config(Duration connect, Duration remaining, Timeout silence) {
        return RequestConfig.custom()
                .setConnectTimeout(Timeout.of(connect))
                .setConnectionRequestTimeout(Timeout.of(remaining))
                .setResponseTimeout(silence)
                .setProtocolUpgradeEnabled(false)
                .build();
    }

    /** How long it may take until a request is on its way, once it has been prepared here. */
    @SuppressWarnings("deprecation")
    static Duration connectTimeout(HttpUriRequestBase request) {
        return request.getConfig().getConnectTimeout().toDuration();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
