package dev.guardrails4j.server.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jetty.client.BytesRequestContent;
import org.eclipse.jetty.client.ContentResponse;
import org.eclipse.jetty.client.HttpClient;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.http2.client.HTTP2Client;
import org.eclipse.jetty.http2.client.transport.HttpClientTransportOverHTTP2;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Issue 7: whoever is refused is told so, whatever there is still to send")
class LingeringCloseTest {

    private static final int MEBIBYTE = 1024 * 1024;

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private final HttpClient http2 = new HttpClient(new HttpClientTransportOverHTTP2(new HTTP2Client()));
    private RunningServer server;

    @BeforeEach
    void start() throws Exception {
        http2.start();
        server = RunningServer.startWithEverything(
                ConfigRoot.standard(folder, upstream.baseUrl()),
                "",
                parts -> parts.access(Optional.of(Keys.control(Keys.key("app")))));
    }

    @AfterEach
    void stop() throws Exception {
        http2.stop();
        server.close();
        upstream.close();
    }

    @EachRefusal
    void tellsWhoSendsALongBodyWhatIsWrong(String path, String key, int status) throws IOException {
        String bearer = key.equals("right") ? Keys.secret("app") : key;
        for (int i = 0; i < 3; i++) {
            RawAnswer answer = RawAnswer.to(
                    server.port(),
                    head(path, 3 * MEBIBYTE) + "Authorization: Bearer " + bearer + "\r\n\r\n",
                    new byte[3 * MEBIBYTE]);

            assertThat(answer.status()).isEqualTo(status);
        }
    }

    @EachRefusal
    void tellsWhoSendsALongBodyWhatIsWrongOverHttp2(String path, String key, int status) throws Exception {
        for (int i = 0; i < 3; i++) {
            ContentResponse answer = http2.POST("http://127.0.0.1:" + server.port() + path)
                    .headers(headers ->
                            headers.put("Authorization", "Bearer " + (key.equals("right") ? Keys.secret("app") : key)))
                    .body(new BytesRequestContent("application/json", new byte[3 * MEBIBYTE]))
                    .send();

            assertThat(answer.getVersion()).isEqualTo(HttpVersion.HTTP_2);
            assertThat(answer.getStatus()).isEqualTo(status);
        }
    }

    @Test
    void takesWhatIsSentAfterTheAnswer() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            BufferedReader answer = new BufferedReader(new InputStreamReader(client.getInputStream(), US_ASCII));
            OutputStream out = client.getOutputStream();
            out.write((head("/v1/chat/completions", MEBIBYTE) + "\r\n").getBytes(US_ASCII));
            assertThat(answer.readLine()).startsWith("HTTP/1.1 401 ");

            for (int sent = 0; sent < MEBIBYTE; sent += 1024) {
                out.write(new byte[1024]);
            }

            assertThat(answer.lines()).isNotEmpty();
        }
    }

    @Test
    void endsTheConnectionOfWhoSendsWithoutEnd() throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            OutputStream out = client.getOutputStream();
            out.write((head("/v1/chat/completions", 1_000 * MEBIBYTE) + "\r\n").getBytes(US_ASCII));

            assertThatThrownBy(() -> {
                        for (int sent = 0; sent < 1_000; sent++) {
                            out.write(new byte[MEBIBYTE]);
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    private static String head(String path, int length) {
        return "POST " + path
                + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: "
                + length + "\r\n";
    }

    /** A test of what a long body is answered before it has been read. */
    @ParameterizedTest
    @CsvSource({
        "/v1/completions, wrong, 404",
        "/v1/models, right, 405",
        "/v1/chat/completions, wrong, 401",
        "/v1/chat/completions, right, 413"
    })
    @Retention(RetentionPolicy.RUNTIME)
    private @interface EachRefusal {}
}
