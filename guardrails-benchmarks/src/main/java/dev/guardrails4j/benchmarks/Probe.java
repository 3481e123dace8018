package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a target, by an ordinary client, the question that the load consists of, until the mock's answer comes. */
final class Probe {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int LONGEST_EXCERPT = 500;

    private final HttpClient client = HttpClient.newHttpClient();
    private final ObjectMapper mapper = new ObjectMapper();
    private final Duration patience;

    /** @param patience how long a target may take to start */
    Probe(Duration patience) {
        this.patience = patience;
    }

    /**
     * Returns when the target gives the expected answer, so that no canned error or refusal is measured.
     *
     * @param requireAlive is called between the tries and throws if there is nobody left to wait for
     * @throws BenchmarkException if the answer does not come in time, with what came instead
     */
    void awaitAnswer(Target target, String expected, Runnable requireAlive) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(target.baseUrl() + "/chat/completions"))
                .timeout(patience)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(Target.body()))
                .build();
        long endNanos = System.nanoTime() + patience.toNanos();
        String last = "nothing";
        while (System.nanoTime() < endNanos) {
            requireAlive.run();
            try {
                HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
                if (response.statusCode() == 200 && expected.equals(content(response.body()))) {
                    return;
                }
                last = "HTTP " + response.statusCode() + " " + excerpt(response.body());
            } catch (IOException e) {
                last = e.toString();
            }
            Thread.sleep(PAUSE.toMillis());
        }
        throw new BenchmarkException(target.baseUrl() + " did not give the mock's answer within " + patience.toSeconds()
                + " s, but last: " + last);
    }

    private String content(String body) throws IOException {
        return mapper.readTree(body).at("/choices/0/message/content").asText();
    }

    private static String excerpt(String body) {
        return body.length() <= LONGEST_EXCERPT ? body : body.substring(0, LONGEST_EXCERPT) + " ...";
    }
}
