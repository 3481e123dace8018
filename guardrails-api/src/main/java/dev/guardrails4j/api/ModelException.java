package dev.guardrails4j.api;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * A model could not be reached, refused, or answered what is not an answer. The message is the upstream's own, or ours;
 * it never holds a key, a URL or the body of an answer.
 *
 * @since 0.1
 */
public class ModelException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String param;
    private final long retryAfterMillis;

    private ModelException(Builder builder) {
        super(builder.message, builder.cause);
        this.status = builder.status;
        this.code = builder.code;
        this.param = builder.param;
        this.retryAfterMillis = builder.retryAfterMillis;
    }

    /** An exception with this message, of which nothing else is known yet. */
    public static Builder withMessage(String message) {
        return new Builder(message);
    }

    /** The HTTP status the upstream answered with, 400 to 599; empty if it did not answer. */
    public OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    /** The upstream's error code ({@code "insufficient_quota"}), if it gave one. */
    public Optional<String> code() {
        return code.isEmpty() ? Optional.empty() : Optional.of(code);
    }

    /** The parameter the upstream complains about, if it gave one. */
    public Optional<String> param() {
        return param.isEmpty() ? Optional.empty() : Optional.of(param);
    }

    /** How long the upstream asks to wait before the next try, if it does. */
    public Optional<Duration> retryAfter() {
        return retryAfterMillis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(retryAfterMillis));
    }

    /** Collects what is known of the failure. */
    public static final class Builder {

        private final String message;
        private int status;
        private String code = "";
        private String param = "";
        private long retryAfterMillis = -1;
        private @Nullable Throwable cause;

        private Builder(String message) {
            this.message = message;
        }

        /** The HTTP status, 400 to 599. */
        public Builder status(int status) {
            this.status = status;
            return this;
        }

        public Builder code(String code) {
            this.code = code;
            return this;
        }

        public Builder param(String param) {
            this.param = param;
            return this;
        }

        public Builder retryAfter(Duration retryAfter) {
            this.retryAfterMillis = retryAfter.toMillis();
            return this;
        }

        public Builder cause(Throwable cause) {
            this.cause = cause;
            return this;
        }

        public ModelException build() {
            return new ModelException(this);
        }
    }
}
