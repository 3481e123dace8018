package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ModelException;
import java.time.Duration;
import java.util.Optional;

/** Reads what an endpoint says when it refuses, contract "chat server" 1.1: its own message only, without secrets. */
final class RefusalReader {

    private static final int MAX_MESSAGE = 500;
    private static final int MAX_CODE = 100;
    /** Bounds the work on a message before it is cut. */
    private static final int MAX_READ = 8_000;

    private final Optional<String> key;

    /** @param key what must not appear in a message, whatever it looks like */
    RefusalReader(Optional<String> key) {
        this.key = key;
    }

    /**
     * @param answer any but a successful one
     * @param retryAfter what it says of the next try
     */
    ModelException read(HttpAnswer answer, Optional<Duration> retryAfter) {
        if (answer.status() < 400) {
            return ModelException.withMessage("the model's endpoint redirects, which is not followed; set base_url to"
                            + " the address it leads to")
                    .build();
        }
        Optional<WireObject> body = WireJson.object(answer.body()).map(WireObject::new);
        ModelException.Builder exception = describe(body, "HTTP " + answer.status());
        retryAfter.ifPresent(exception::retryAfter);
        return (answer.status() <= 599 ? exception.status(answer.status()) : exception).build();
    }

    /** Some gateways refuse with status 200, or within a stream; the error's code then may be the status. */
    ModelException readFromSuccess(WireObject body) {
        int code = (int) Math.min(body.object("error").orElse(body).count("code"), 1000);
        ModelException.Builder exception = describe(Optional.of(body), "the model refused without a reason");
        return (code >= 400 && code <= 599 ? exception.status(code) : exception).build();
    }

    private ModelException.Builder describe(Optional<WireObject> body, String otherwise) {
        Optional<WireObject> error = body.flatMap(answer -> answer.object("error"));
        String message = error.flatMap(inner -> inner.string("message"))
                .or(() -> body.flatMap(answer -> answer.string("error")))
                .or(() -> body.flatMap(answer -> answer.string("message")))
                .or(() -> body.flatMap(answer -> answer.string("detail")))
                .map(text -> clean(text, MAX_MESSAGE))
                .filter(text -> !text.isEmpty())
                .orElse(otherwise);
        ModelException.Builder exception = ModelException.withMessage(message);
        Optional<WireObject> details = error.isPresent() ? error : body;
        details.flatMap(inner -> inner.value("code"))
                .filter(code -> code instanceof String || code instanceof Number)
                .ifPresent(code -> exception.code(clean(code.toString(), MAX_CODE)));
        details.flatMap(inner -> inner.string("param")).ifPresent(param -> exception.param(clean(param, MAX_CODE)));
        return exception;
    }

    private String clean(String text, int limit) {
        String start = text.length() > MAX_READ ? text.substring(0, MAX_READ) : text;
        String withoutKey = key.map(secret -> start.replace(secret, "***")).orElse(start);
        String clean =
                Redaction.redact(withoutKey).replaceAll("\\p{Cntrl}+", " ").strip();
        return clean.codePointCount(0, clean.length()) <= limit
                ? clean
                : clean.substring(0, clean.offsetByCodePoints(0, limit)) + "...";
    }
}
