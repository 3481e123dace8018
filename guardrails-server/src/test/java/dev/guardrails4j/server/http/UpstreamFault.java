package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.WireText.CHUNKED;
import static dev.guardrails4j.server.http.WireText.END;
import static dev.guardrails4j.server.http.WireText.HALF;
import static dev.guardrails4j.server.http.WireText.HEAD;
import static dev.guardrails4j.server.http.WireText.JSON;
import static dev.guardrails4j.server.http.WireText.WORDS;
import static dev.guardrails4j.server.http.WireText.chunk;

import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.RawUpstream.Call;

/** What an endpoint does wrong: a model's, or one that a rail asks. Each case is a row of docs/faults.md. */
enum UpstreamFault {
    /** Nobody listens. */
    REFUSES("could not be reached", Call::reset),
    HANGS("did not answer in time", Call::hang),
    HANGS_AFTER_ITS_HEAD("did not answer in time", call -> {
        call.send(HEAD + JSON + "Content-Length: 1000\r\n\r\n{");
        call.hang();
    }),
    RESETS("broke off its answer", Call::reset),
    RESETS_WITHIN_ITS_HEAD("broke off its answer", call -> {
        call.send(HEAD + "Content-Le");
        call.reset();
    }),
    RESETS_WITHIN_ITS_BODY("broke off its answer", call -> {
        call.send(HEAD + JSON + "Content-Length: 1000\r\n\r\n" + HALF);
        call.reset();
    }),
    SENDS_LESS_THAN_ITS_LENGTH(
            "broke off its answer", call -> call.send(HEAD + JSON + "Content-Length: 1000\r\n\r\n" + HALF)),
    ENDS_WITHIN_ITS_CHUNKS("broke off its answer", call -> call.send(HEAD + JSON + CHUNKED + chunk(HALF))),
    SENDS_HALF_A_JSON("is not an answer", call -> call.send(HEAD + JSON + CHUNKED + chunk(HALF) + END)),
    SENDS_A_WEB_PAGE(
            "is not an answer",
            call -> call.send(
                    HEAD + "Content-Type: text/html\r\n" + CHUNKED + chunk("<html>" + WORDS + "</html>") + END)),
    SENDS_WHAT_IS_NO_HTTP(
            "broke off its answer", call -> call.send("220 mail.example.com ESMTP " + WORDS + "\r\n\r\n")),
    SENDS_HEADERS_WITHOUT_END("is not an answer", call -> {
        for (int i = 0; i < 10_000; i++) {
            call.send("HTTP/1.1 200 OK\r\n" + "X-Filler: x\r\n".repeat(1000));
        }
    }),
    SENDS_MORE_THAN_IS_READ("is not an answer", call -> {
        call.send(HEAD + JSON + CHUNKED + chunk("{\"choices\": [{\"message\": {\"content\": \""));
        String megabyte = chunk("x".repeat(1024 * 1024));
        for (int i = 0; i < 17; i++) {
            call.send(megabyte);
        }
        call.send(chunk("\"}}]}") + END);
    });

    private final String told;
    private final RawUpstream.Answer answer;

    /** @param told what the error says of it */
    UpstreamFault(String told, RawUpstream.Answer answer) {
        this.told = told;
        this.answer = answer;
    }

    RawUpstream start() {
        RawUpstream upstream = RawUpstream.start(answer);
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
}
