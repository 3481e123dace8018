package dev.guardrails4j.server.http;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.RequestTimeoutException;
import dev.guardrails4j.engine.StreamingNotEnabledException;
import dev.guardrails4j.server.audit.AuditException;
import dev.guardrails4j.server.checks.ModelFailure;
import dev.guardrails4j.server.configs.store.ConfigStoreException;
import dev.guardrails4j.server.openai.ErrorBody;
import dev.guardrails4j.server.openai.StreamError;
import dev.guardrails4j.server.threads.ThreadFullException;
import dev.guardrails4j.server.threads.ThreadStoreException;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.HttpResponseException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one place where exceptions become answers: the table of contract "chat server" 1.1. */
final class ErrorAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);

    private static final String RETRY_AFTER = "Retry-After";
    private static final int UNAVAILABLE = 503;
    private static final int LATE = 504;
    private static final int INTERNAL = 500;

    private ErrorAnswers() {}

    /** What the caller is told of an exception, and the operator what the caller is not. */
    static ErrorAnswer of(Exception exception) {
        if (exception instanceof RequestException refused) {
            return refused(refused);
        }
        if (exception instanceof RailUnavailableException outage) {
            return railUnavailable(outage);
        }
        if (exception instanceof ModelException failure) {
            return modelFailed(failure);
        }
        if (exception instanceof RailConfigurationException unusable) {
            LOG.warn("A configuration could not be used: {}", unusable.getMessage());
            return ErrorAnswer.of(400, String.valueOf(unusable.getMessage()));
        }
        if (exception instanceof StreamingNotEnabledException) {
            return ErrorAnswer.of(400, String.valueOf(exception.getMessage()));
        }
        if (exception instanceof ThreadFullException full) {
            return ErrorAnswer.of(
                    400,
                    ErrorBody.of(400, String.valueOf(full.getMessage()), Optional.empty(), Optional.of("thread_full")),
                    Map.of());
        }
        if (exception instanceof ThreadStoreException outage) {
            return threadsUnavailable(outage);
        }
        if (exception instanceof ConfigStoreException outage) {
            return configsUnavailable(outage);
        }
        if (exception instanceof AuditException) {
            return storeUnavailable(
                    "The decisions of this request could not be recorded. Please retry later.", "audit_unavailable");
        }
        if (exception instanceof RequestTimeoutException late) {
            return ErrorAnswer.of(
                    LATE,
                    ErrorBody.of(
                            LATE, String.valueOf(late.getMessage()), Optional.empty(), Optional.of("request_timeout")),
                    Map.of());
        }
        if (exception instanceof RequestCancelledException) {
            String message = "The request was cancelled before it was done. Please retry later.";
            return ErrorAnswer.of(
                    UNAVAILABLE,
                    ErrorBody.of(UNAVAILABLE, message, Optional.empty(), Optional.empty()),
                    Map.of(RETRY_AFTER, "1"));
        }
        if (exception instanceof HttpResponseException refused) {
            return ErrorAnswer.of(refused.getStatus(), HttpStatus.getMessage(refused.getStatus()));
        }
        if (exception instanceof HttpException unreadable) {
            return ErrorAnswer.of(unreadable.getCode(), HttpStatus.getMessage(unreadable.getCode()));
        }
        return unforeseen(exception);
    }

    /** What the caller is told of a fault that nobody foresaw. */
    static ErrorAnswer unforeseen(Throwable fault) {
        LOG.error("A request failed for a reason that was not foreseen", fault);
        return ErrorAnswer.of(INTERNAL, "Internal server error");
    }

    private static ErrorAnswer refused(RequestException refused) {
        return ErrorAnswer.of(
                refused.status(),
                ErrorBody.of(refused),
                refused.status() == UNAVAILABLE ? Map.of(RETRY_AFTER, "1") : Map.of());
    }

    private static ErrorAnswer railUnavailable(RailUnavailableException outage) {
        ErrorAnswer answer = ErrorAnswer.of(
                UNAVAILABLE,
                ErrorBody.of(
                        UNAVAILABLE,
                        String.valueOf(outage.getMessage()),
                        Optional.of(outage.flow()),
                        Optional.of("rail_unavailable")),
                retryAfter(outage.outage()));
        LOG.warn("The rail '{}' is unavailable: {}", outage.flow(), withoutWords(outage.outage()));
        return answer;
    }

    private static ErrorAnswer threadsUnavailable(ThreadStoreException outage) {
        LOG.warn("A thread could not be read or kept: {} ({})", outage.getMessage(), outage.rootCause());
        return storeUnavailable(StreamError.THREADS_UNAVAILABLE, "threads_unavailable");
    }

    private static ErrorAnswer configsUnavailable(ConfigStoreException outage) {
        LOG.warn("A configuration could not be read or stored: {} ({})", outage.getMessage(), outage.rootCause());
        return storeUnavailable(
                "The stored configurations are unavailable. Please retry later.", "config_store_unavailable");
    }

    private static ErrorAnswer storeUnavailable(String message, String code) {
        return ErrorAnswer.of(
                UNAVAILABLE,
                ErrorBody.of(UNAVAILABLE, message, Optional.empty(), Optional.of(code)),
                Map.of(RETRY_AFTER, "1"));
    }

    private static ErrorAnswer modelFailed(ModelException failure) {
        int status = ModelFailure.statusOf(failure);
        String said = failure.getMessage();
        String message = said == null || said.isBlank() ? "HTTP " + status : said;
        ErrorAnswer answer = ErrorAnswer.of(
                status, ErrorBody.of(status, message, failure.param(), failure.code()), retryAfter(failure));
        LOG.warn("The main model failed: {}", withoutWords(failure));
        return answer;
    }

    /** What went wrong, for the log: whoever answered may have repeated in its message what it was asked. */
    static String withoutWords(ModelException failure) {
        OptionalInt status = failure.status();
        return status.isEmpty()
                ? String.valueOf(failure.getMessage())
                : "it answered with status " + status.getAsInt()
                        + failure.code().map(code -> ", code " + code).orElse("");
    }

    /** What the upstream says of the next try. */
    static Map<String, String> retryAfter(ModelException failure) {
        return failure.retryAfter()
                .map(Duration::toMillis)
                .map(millis -> Map.of(RETRY_AFTER, String.valueOf(Math.max(0, (millis + 999) / 1_000))))
                .orElse(Map.of());
    }
}
