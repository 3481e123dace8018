package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.WireText.CHUNKED;
import static dev.guardrails4j.server.http.WireText.END;
import static dev.guardrails4j.server.http.WireText.EVENTS;
import static dev.guardrails4j.server.http.WireText.HEAD;
import static dev.guardrails4j.server.http.WireText.WORDS;
import static dev.guardrails4j.server.http.WireText.chunk;
import static dev.guardrails4j.server.http.WireText.event;
import static dev.guardrails4j.server.http.WireText.words;

import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.RawUpstream.Call;

/** What a model's endpoint does wrong once its stream has begun. Each case is a row of docs/faults.md. */
enum StreamFault {
    RESETS("broke off its answer", Call::reset),
    ENDS_WITHIN_ITS_CHUNKS("broke off its answer", call -> {}),
    ENDS_WITHIN_AN_EVENT(
            "broke off its answer",
            call -> call.send(chunk("data: {\"choices\": [{\"delta\": {\"content\": \"" + WORDS) + END)),
    ENDS_WITHOUT_SAYING_SO("broke off its answer", call -> call.send(END)),
    SENDS_HALF_A_JSON(
            "is not an answer",
            call -> call.send(event("{\"choices\": [{\"delta\": {\"content\": \"" + WORDS) + words("more"))),
    SENDS_A_WEB_PAGE("is not an answer", call -> call.send(event("<html>" + WORDS + "</html>") + END)),
    SENDS_A_TOKEN_OF_TEN_MEGABYTES("is not an answer", call -> call.send(words(WORDS + "x".repeat(10 * 1024 * 1024)))),
    FALLS_SILENT("did not answer in time", Call::hang),
    SENDS_TOKENS_WITHOUT_END("did not answer in time", call -> {
        while (true) {
            call.send(words("on and "));
        }
    }),
    SENDS_COMMENTS_WITHOUT_END("did not answer in time", call -> {
        while (true) {
            call.send(chunk(": " + WORDS + "\n\n"));
        }
    }),
    SENDS_TEXT_WITHOUT_END("is not an answer", call -> {
        String text = words("x".repeat(512 * 1024));
        while (true) {
            call.send(text);
        }
    });

    private final String told;
    private final RawUpstream.Answer rest;

    /**
     * @param told what the error says of it
     * @param rest what comes after the first words
     */
    StreamFault(String told, RawUpstream.Answer rest) {
        this.told = told;
        this.rest = rest;
    }

    RawUpstream start() {
        return RawUpstream.start(call -> {
            call.send(HEAD + EVENTS + CHUNKED + words("It begins "));
            rest.to(call);
        });
    }

    String told() {
        return told;
    }

    /** Whether nothing but a time-out ends it. */
    boolean isEndless() {
        return told.endsWith("in time");
    }
}
