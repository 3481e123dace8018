package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamingMockTest {

    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void streamsItsWordsAgainAndAgainOnOneConnection() throws Exception {
        HttpClient client = HttpClient.newHttpClient();
        try (StreamingMock mock = StreamingMock.start(0, 3, Duration.ofMillis(1))) {
            for (int i = 0; i < 2; i++) {
                HttpResponse<String> response = client.send(
                        HttpRequest.newBuilder(URI.create(mock.baseUrl() + "/chat/completions"))
                                .POST(BodyPublishers.ofString("{}"))
                                .build(),
                        BodyHandlers.ofString());

                assertThat(response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
                assertThat(said(response.body())).isEqualTo("word0 word1 word2 ");
                assertThat(response.body()).endsWith("data: [DONE]\n\n");
            }
        }
    }

    private static String said(String body) throws Exception {
        StringBuilder said = new StringBuilder();
        List<String> events =
                body.lines().filter(line -> line.startsWith("data: {")).toList();
        for (String event : events) {
            said.append(JSON.readTree(event.substring("data: ".length()))
                    .at("/choices/0/delta/content")
                    .asText());
        }
        return said.toString();
    }
}
