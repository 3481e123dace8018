package com.example.tour;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A service that knows bad links. Safe for use by many threads.
 *
 * <p>For a service that takes JSON by POST, {@code RailSetup.endpoint} is shorter, and its calls appear in the trace.
 */
final class LinkService {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;

    private final URI address;
    private final HttpClient client = HttpClient.newHttpClient();

    LinkService(URI address) {
        this.address = address;
    }

    /**
     * Asks.
     *
     * @throws ModelException if there is no answer: an outage is no verdict, and the request is answered with status 503
     * @throws InterruptedException if the check was given up meanwhile
     */
    boolean isBad(String link, Deadline deadline) throws InterruptedException {
        Duration left = deadline.remaining();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(address + "?link=" + URLEncoder.encode(link, StandardCharsets.UTF_8)))
                .timeout(left.compareTo(Duration.ofMillis(1)) < 0 ? Duration.ofMillis(1) : left)
                .build();
        try {
            HttpResponse<String> answer = client.send(request, BodyHandlers.ofString());
            JsonNode bad = answer.statusCode() == OK ? JSON.readTree(answer.body()).path("bad") : null;
            if (bad == null || !bad.isBoolean()) {
                throw ModelException.withMessage("the link service does not answer as it should")
                        .status(answer.statusCode())
                        .build();
            }
            return bad.asBoolean();
        } catch (IOException e) {
            throw ModelException.withMessage("the link service cannot be reached")
                    .cause(e)
                    .build();
        }
    }
}
