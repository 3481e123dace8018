package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.UpstreamFault.CHUNKED;
import static dev.guardrails4j.server.http.UpstreamFault.END;
import static dev.guardrails4j.server.http.UpstreamFault.EVENTS;
import static dev.guardrails4j.server.http.UpstreamFault.HEAD;
import static dev.guardrails4j.server.http.UpstreamFault.WORDS;
import static dev.guardrails4j.server.http.UpstreamFault.chunk;
import static dev.guardrails4j.server.http.UpstreamFault.event;
import static dev.guardrails4j.server.http.UpstreamFault.words;

import dev.guardrails4j.testkit.RawUpstream;
import dev.guardrails4j.testkit.RawUpstream.Call;
import java.io.IOException;

/** What a model's endpoint does wrong once its stream has begun. Each case is a row of docs/faults.md. */
enum StreamFault {
    RESETS("broke off its answer") {
        @Override
        void goOn(Call call) throws IOException {
            call.reset();
        }
    },
    ENDS_WITHIN_ITS_CHUNKS("broke off its answer") {
        @Override
        void goOn(Call call) {}
    },
    ENDS_WITHIN_AN_EVENT("broke off its answer") {
        @Override
        void goOn(Call call) throws IOException {
            call.send(chunk("data: {\"choices\": [{\"delta\": {\"content\": \"" + WORDS) + END);
        }
    },
    ENDS_WITHOUT_SAYING_SO("broke off its answer") {
        @Override
        void goOn(Call call) throws IOException {
            call.send(END);
        }
    },
    SENDS_HALF_A_JSON("is not an answer") {
        @Override
        void goOn(Call call) throws IOException {
            call.send(event("{\"choices\": [{\"delta\": {\"content\": \"" + WORDS) + words("more"));
        }
    },
    SENDS_A_WEB_PAGE("is not an answer") {
        @Override
        void goOn(Call call) throws IOException {
            call.send(event("<html>" + WORDS + "</html>") + END);
        }
    },
    SENDS_A_TOKEN_OF_TEN_MEGABYTES("is not an answer") {
        @Override
        void goOn(Call call) throws IOException {
            call.send(words(WORDS + "x".repeat(10 * 1024 * 1024)));
        }
    },
    FALLS_SILENT("did not answer in time") {
        @Override
        void goOn(Call call) throws IOException {
            call.hang();
        }
    },
    SENDS_TOKENS_WITHOUT_END("did not answer in time") {
        @Override
        void goOn(Call call) throws IOException {
            while (true) {
                call.send(words("on and "));
            }
        }
    },
    SENDS_COMMENTS_WITHOUT_END("did not answer in time") {
        @Override
        void goOn(Call call) throws IOException {
            while (true) {
                call.send(chunk(": " + WORDS + "\n\n"));
            }
        }
    },
    SENDS_TEXT_WITHOUT_END("is not an answer") {
        @Override
        void goOn(Call call) throws IOException {
            String text = words("x".repeat(512 * 1024));
            while (true) {
                call.send(text);
            }
        }
    };

    private final String told;

    /** @param told what the error says of it */
    StreamFault(String told) {
        this.told = told;
    }

    /** What comes after the first words. */
    abstract void goOn(Call call) throws IOException;

    RawUpstream start() {
        return RawUpstream.start(call -> {
            call.send(HEAD + EVENTS + CHUNKED + words("It begins "));
            goOn(call);
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
