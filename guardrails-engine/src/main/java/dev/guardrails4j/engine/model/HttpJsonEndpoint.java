package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.JsonEndpoint;
import java.net.URI;

/** A server that is asked over the engine's HTTP client. */
final class HttpJsonEndpoint implements JsonEndpoint {

    private final String name;
    private final URI uri;
    private final Endpoint endpoint;
    private final ModelHttpClient client;
    private final RefusalReader refusals;

    /** @param uri what is posted to */
    HttpJsonEndpoint(String name, URI uri, Endpoint endpoint, ModelHttpClient client) {
        this.name = name;
        this.uri = uri;
        this.endpoint = endpoint;
        this.client = client;
        this.refusals = new RefusalReader(endpoint.key());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Object post(Object body, Deadline deadline) {
        HttpAnswer answer = client.post(endpoint, uri, WireJson.bytes(body), deadline);
        if (!answer.isSuccess()) {
            throw refusals.read(answer, client.retryAfter(answer));
        }
        return WireJson.value(answer.body()).orElseThrow(() -> TransportFailure.notAnAnswer("it is not JSON"));
    }
}
