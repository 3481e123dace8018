package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class NumberedRequestsTest {

    private static final byte[] REQUEST = ("{\"a\": \"" + Target.NUMBER + "\", \"b\": \"x" + Target.NUMBER + "\"}")
            .getBytes(StandardCharsets.US_ASCII);

    @Test
    void writesTheSameNumberInEveryPlaceOfARequest() {
        NumberedRequests requests = new NumberedRequests(REQUEST, 0, 1);

        assertThat(text(requests)).isEqualTo("{\"a\": \"0000000000000000\", \"b\": \"x0000000000000000\"}");
        assertThat(text(requests)).isEqualTo("{\"a\": \"0000000000000001\", \"b\": \"x0000000000000001\"}");
        assertThat(new String(REQUEST, StandardCharsets.US_ASCII)).contains(Target.NUMBER);
    }

    @Test
    void neverHasTheNumbersOfAnotherConnection() {
        Set<String> seen = new HashSet<>();
        for (int connection = 0; connection < 100; connection++) {
            NumberedRequests requests = new NumberedRequests(REQUEST, connection, 1);
            for (int i = 0; i < 100; i++) {
                seen.add(text(requests));
            }
        }

        assertThat(seen).hasSize(10_000);
    }

    @Test
    void repeatsANumberAsOftenAsItIsAskedTo() {
        NumberedRequests requests = new NumberedRequests(REQUEST, 1, 2);

        String first = text(requests);
        assertThat(text(requests)).isEqualTo(first);
        assertThat(text(requests)).isNotEqualTo(first);
    }

    @Test
    void givesTheVeryBytesWhereNoNumberIsWanted() {
        byte[] plain = "{}".getBytes(StandardCharsets.US_ASCII);

        assertThat(new NumberedRequests(plain, 1, 1).next()).isSameAs(plain);
    }

    private static String text(NumberedRequests requests) {
        return new String(requests.next(), StandardCharsets.US_ASCII);
    }
}
