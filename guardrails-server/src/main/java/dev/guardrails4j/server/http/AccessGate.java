package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.RequestCancelledException;
import dev.guardrails4j.engine.RequestTimeoutException;
import dev.guardrails4j.server.access.AccessControl;
import dev.guardrails4j.server.access.AccessKey;
import dev.guardrails4j.server.access.Allowance;
import dev.guardrails4j.server.access.Budget;
import dev.guardrails4j.server.access.Caller;
import dev.guardrails4j.server.access.Spending;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Lets in those who have a key, as often as they may, where there are keys; where there are none, everybody. Safe for use by
 * many threads.
 */
final class AccessGate {

    private static final String CALLER = "caller";
    private static final String SPENDING = "spending";
    private static final Pattern BEARER = Pattern.compile("(?i:bearer) +(\\S{1,512}) *");
    private static final long MILLIS = 1_000;

    private final Optional<AccessControl> control;
    private final InstantSource clock;

    /** @param control empty if there are no keys */
    AccessGate(Optional<AccessControl> control, InstantSource clock) {
        this.control = control;
        this.clock = clock;
    }

    /** Who sends a request that has been let in. */
    static Caller caller(Context context) {
        return Objects.requireNonNull(context.attribute(CALLER), "nobody has looked who this is");
    }

    /** What a request that has been let in spends. */
    static Spending spending(Context context) {
        return Objects.requireNonNull(context.attribute(SPENDING), "nobody counts what this spends");
    }

    /** Whether there are keys. */
    boolean hasKeys() {
        return control.isPresent();
    }

    /** What serves a route for those who are let in. */
    Handler guard(Entrance entrance, Handler handler) {
        if (control.isEmpty() || entrance.isOpen()) {
            return context -> {
                begin(context, Caller.ANYBODY);
                handler.handle(context);
            };
        }
        AccessControl keys = control.get();
        return context -> {
            AccessKey key = key(context, keys);
            Caller caller = Caller.with(key);
            tell(context, keys.limits().take(key));
            entrance.right().ifPresent(caller::require);
            Spending spending = begin(context, caller);
            try {
                handler.handle(context);
            } catch (RequestCancelledException | RequestTimeoutException e) {
                spending.breakOff();
                throw e;
            } finally {
                keys.limits().spend(key, spending.tokens());
            }
        };
    }

    private static Spending begin(Context context, Caller caller) {
        Spending spending = new Spending();
        context.attribute(CALLER, caller);
        context.attribute(SPENDING, spending);
        return spending;
    }

    private AccessKey key(Context context, AccessControl keys) {
        String header = context.header("Authorization");
        if (header == null || header.isBlank()) {
            throw unknown(
                    context,
                    "This server needs an API key in the header Authorization, after the word Bearer",
                    "missing_api_key");
        }
        Matcher bearer = BEARER.matcher(header);
        AccessKey key = (bearer.matches() ? keys.keys().find(bearer.group(1)) : Optional.<AccessKey>empty())
                .orElseThrow(() -> unknown(context, "The API key is not one of this server's", "invalid_api_key"));
        if (key.isExpired(clock.instant())) {
            throw unknown(context, "The API key has expired", "expired_api_key");
        }
        return key;
    }

    private static RequestException unknown(Context context, String message, String code) {
        context.header("WWW-Authenticate", "Bearer");
        return RequestException.withCode(HttpStatus.UNAUTHORIZED_401, message, code);
    }

    private static void tell(Context context, Allowance allowance) {
        allowance.requests().ifPresent(budget -> tell(context, "requests", budget));
        allowance.tokens().ifPresent(budget -> tell(context, "tokens", budget));
        if (!allowance.isGranted()) {
            long seconds = (allowance.retryAfter().toMillis() + MILLIS - 1) / MILLIS;
            context.header("Retry-After", String.valueOf(Math.max(1, seconds)));
            throw RequestException.withCode(
                    HttpStatus.TOO_MANY_REQUESTS_429,
                    "The rate limit of this API key is reached. Please retry later.",
                    "rate_limit_exceeded");
        }
    }

    /** As OpenAI's servers tell it. */
    private static void tell(Context context, String what, Budget budget) {
        context.header("x-ratelimit-limit-" + what, String.valueOf(budget.limit()));
        context.header("x-ratelimit-remaining-" + what, String.valueOf(budget.remaining()));
        context.header("x-ratelimit-reset-" + what, written(budget.reset()));
    }

    /** {@code "6m0s"}, {@code "1.5s"}, {@code "20ms"}. */
    private static String written(Duration time) {
        long millis = time.toMillis();
        if (millis < MILLIS) {
            return millis + "ms";
        }
        long minutes = time.toMinutes();
        String seconds = String.valueOf(time.toSecondsPart());
        return minutes > 0 ? minutes + "m" + seconds + "s" : seconds + "s";
    }
}
