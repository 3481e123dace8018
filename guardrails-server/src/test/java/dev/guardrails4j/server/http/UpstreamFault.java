package dev.guardrails4j.server.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.RawUpstream.Call;
import java.io.IOException;

/** What an endpoint does wrong: a model's, or one that a rail asks. Each case is a row of docs/faults.md. */
enum UpstreamFault {
    REFUSES("could not be reached") {
        @Override
        void answer(Call call) throws IOException {
            // Nobody listens: see start.
            call.reset();
        }
    },
    HANGS("did not answer in time") {
        @Override
        void answer(Call call) throws IOException {
            call.hang();
        }
    },
    HANGS_AFTER_ITS_HEAD("did not answer in time") {
        @Override
        void answer(Call call) throws IOException {
            call.send(HEAD + JSON + "Content-Length: 1000\r\n\r\n{");
            call.hang();
        }
    },
    RESETS("broke off its answer") {
        @Override
        void answer(Call call) throws IOException {
            call.reset();
        }
    },
    RESETS_WITHIN_ITS_HEAD("broke off its answer") {
        @Override
        void answer(Call call) throws IOException {
            call.send(HEAD + "Content-Le");
            call.reset();
        }
    },
    RESETS_WITHIN_ITS_BODY("broke off its answer") {
        @Override
        void answer(Call call) throws IOException {
            call.send(HEAD + JSON + "Content-Length: 1000\r\n\r\n" + HALF);
            call.reset();
        }
    },
    SENDS_LESS_THAN_ITS_LENGTH("broke off its answer") {
        @Override
        void answer(Call call) throws IOException {
            call.send(HEAD + JSON + "Content-Length: 1000\r\n\r\n" + HALF);
        }
    },
    ENDS_WITHIN_ITS_CHUNKS("broke off its answer") {
        @Override
        void answer(Call call) throws IOException {
            call.send(HEAD + JSON + CHUNKED + chunk(HALF));
        }
    },
    SENDS_HALF_A_JSON("is not an answer") {
        @Override
        void answer(Call call) throws IOException {
            call.send(HEAD + JSON + CHUNKED + chunk(HALF) + END);
        }
    },
    SENDS_A_WEB_PAGE("is not an answer") {
        @Override
        void answer(Call call) throws IOException {
            call.send(HEAD + "Content-Type: text/html\r\n" + CHUNKED + chunk("<html>" + WORDS + "</html>") + END);
        }
    },
    SENDS_WHAT_IS_NO_HTTP("broke off its answer") {
        @Override
        void answer(Call call) throws IOException {
            call.send("220 mail.example.com ESMTP " + WORDS + "\r\n\r\n");
        }
    },
    SENDS_HEADERS_WITHOUT_END("is not an answer") {
        @Override
        void answer(Call call) throws IOException {
            for (int i = 0; i < 10_000; i++) {
                call.send("HTTP/1.1 200 OK\r\n" + "X-Filler: x\r\n".repeat(1000));
            }
        }
    },
    SENDS_MORE_THAN_IS_READ("is not an answer") {
        @Override
        void answer(Call call) throws IOException {
            call.send(HEAD + JSON + CHUNKED + chunk("{\"choices\": [{\"message\": {\"content\": \""));
            String megabyte = chunk("x".repeat(1024 * 1024));
            for (int i = 0; i < 17; i++) {
                call.send(megabyte);
            }
            call.send(chunk("\"}}]}") + END);
        }
    };

    /** What nobody but the endpoint has said: it is not for a client's eyes. */
    static final String WORDS = "upstreams-own-words";

    static final String HEAD = "HTTP/1.1 200 OK\r\nConnection: close\r\n";
    static final String JSON = "Content-Type: application/json\r\n";
    static final String EVENTS = "Content-Type: text/event-stream\r\n";
    static final String CHUNKED = "Transfer-Encoding: chunked\r\n\r\n";
    static final String END = "0\r\n\r\n";

    private static final String HALF = "{\"choices\": [{\"message\": {\"content\": \"" + WORDS;

    private final String told;

    /** @param told what the error says of it */
    UpstreamFault(String told) {
        this.told = told;
    }

    abstract void answer(Call call) throws IOException;

    RawUpstream start() {
        RawUpstream upstream = RawUpstream.start(this::answer);
        if (this == REFUSES) {
            upstream.close();
        }
        return upstream;
    }

    String told() {
        return told;
    }

    /** Whether nothing but a time-out ends it. */
    boolean isEndless() {
        return this == HANGS || this == HANGS_AFTER_ITS_HEAD;
    }

    static String chunk(String text) {
        return Integer.toHexString(text.getBytes(UTF_8).length) + "\r\n" + text + "\r\n";
    }

    static String event(String data) {
        return chunk("data: " + data + "\n\n");
    }

    /** An event that brings some text of an answer. */
    static String words(String text) {
        return event("{\"choices\": [{\"index\": 0, \"delta\": {\"content\": \"" + text + "\"}}]}");
    }
}
