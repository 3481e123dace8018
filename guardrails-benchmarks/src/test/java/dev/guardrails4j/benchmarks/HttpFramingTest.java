package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.ProtocolException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HttpFramingTest {

    private static final String POST =
            "POST /v1/chat/completions HTTP/1.1\r\nHost: a\r\ncontent-LENGTH: 5\r\n\r\nhello";
    private static final String CHUNKED = "POST / HTTP/1.1\r\nTransfer-Encoding: gzip, Chunked\r\n\r\n"
            + "5\r\nhello\r\nA;name=value\r\n0123\r\n6789\r\n0\r\nTrailer: x\r\n\r\n";
    private static final String GET = "GET /v1/models HTTP/1.1\r\nConnection: close\r\n\r\n";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 10_000})
    void findsEveryEndHoweverPacketsAreSplit(int packetBytes) throws ProtocolException {
        byte[] bytes = ascii(POST + CHUNKED + GET + POST);

        List<Integer> ends = ends(HttpFraming.ofRequests(), bytes, packetBytes);

        int afterChunks = POST.length() + CHUNKED.length();
        int afterGet = afterChunks + GET.length();
        assertThat(ends).containsExactly(POST.length(), afterChunks, afterGet, afterGet + POST.length());
    }

    @Test
    void isNotCompleteBeforeTheLastByteOfABody() throws ProtocolException {
        HttpFraming framing = HttpFraming.ofRequests();
        byte[] bytes = ascii(POST);

        framing.consume(bytes, 0, bytes.length - 1);

        assertThat(framing.isComplete()).isFalse();
        assertThat(framing.consume(bytes, bytes.length - 1, bytes.length)).isEqualTo(bytes.length);
        assertThat(framing.isComplete()).isTrue();
    }

    @Test
    void forgetsWhatTheMessageBeforeSaid() throws ProtocolException {
        HttpFraming framing = HttpFraming.ofRequests();
        byte[] get = ascii(GET);
        byte[] post = ascii(POST);

        framing.consume(get, 0, get.length);
        assertThat(framing.isGet()).isTrue();
        assertThat(framing.isLastOfConnection()).isTrue();
        framing.consume(post, 0, post.length);

        assertThat(framing.isGet()).isFalse();
        assertThat(framing.isLastOfConnection()).isFalse();
    }

    @Test
    void readsTheStatusAfterInterimResponses() throws ProtocolException {
        HttpFraming framing = HttpFraming.ofResponses();
        byte[] bytes =
                ascii("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 503 Service Unavailable\r\nContent-Length: 2\r\n\r\n{}");

        int used = framing.consume(bytes, 0, bytes.length);

        assertThat(used).isEqualTo(bytes.length);
        assertThat(framing.status()).isEqualTo(503);
    }

    @Test
    void takesAnAnswerThatMayHaveNoBody() throws ProtocolException {
        HttpFraming framing = HttpFraming.ofResponses();
        byte[] bytes = ascii("HTTP/1.1 204 No Content\r\n\r\n");

        framing.consume(bytes, 0, bytes.length);

        assertThat(framing.isComplete()).isTrue();
        assertThat(framing.status()).isEqualTo(204);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 2xx OK\r\n\r\n",
                "HTTP/1.1\r\n\r\n",
                "SSH-2.0-OpenSSH_9.2 some more\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: \r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nabc\r\n"
            })
    void refusesWhatIsNotAnAnswerWithAKnownEnd(String answer) {
        byte[] bytes = ascii(answer);

        assertThatThrownBy(() -> HttpFraming.ofResponses().consume(bytes, 0, bytes.length))
                .isInstanceOf(ProtocolException.class);
    }

    @Test
    void refusesLinesAndHeadsWithoutEnd() {
        byte[] line = ascii("GET /" + "x".repeat(10_000));
        byte[] head = ascii("GET / HTTP/1.1\r\n" + ("a: " + "x".repeat(1000) + "\r\n").repeat(100));

        assertThatThrownBy(() -> HttpFraming.ofRequests().consume(line, 0, line.length))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("line");
        assertThatThrownBy(() -> HttpFraming.ofRequests().consume(head, 0, head.length))
                .isInstanceOf(ProtocolException.class)
                .hasMessageContaining("head");
    }

    private static List<Integer> ends(HttpFraming framing, byte[] bytes, int packetBytes) throws ProtocolException {
        List<Integer> ends = new ArrayList<>();
        for (int packet = 0; packet < bytes.length; packet += packetBytes) {
            int to = Math.min(bytes.length, packet + packetBytes);
            int at = packet;
            while (at < to) {
                at = framing.consume(bytes, at, to);
                if (framing.isComplete()) {
                    ends.add(at);
                }
            }
        }
        return ends;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
