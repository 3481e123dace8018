package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.upstream.Permit;
import dev.guardrails4j.engine.upstream.Upstream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLPeerUnverifiedException;

/**
 * What one attempt says about its upstream: that it works, that it has failed, or nothing. What callers or configurations can
 * bring about by themselves says nothing: the attempt was given up, or too little time was given for it.
 */
final class AttemptOutcome {

    private static final int FIRST_FAULT = 500;

    private final Exchange exchange;
    private final Upstream upstream;
    private final Permit permit;
    private final Duration allowed;
    private final long began = System.nanoTime();

    private AttemptOutcome(Exchange exchange, Upstream upstream, Permit permit) {
        this.exchange = exchange;
        this.upstream = upstream;
        this.permit = permit;
        this.allowed = exchange.remaining();
    }

    /**
     * Begins an attempt, which takes a place of the upstream until its answer is here or has ended.
     *
     * @throws ModelException if the upstream is left alone, or has no place
     */
    static AttemptOutcome enter(Exchange exchange, Upstream upstream) {
        Permit permit = upstream.enter(exchange.remaining());
        exchange.hold(permit);
        return new AttemptOutcome(exchange, upstream, permit);
    }

    /** The attempt was answered. A body that is still to come keeps the place. */
    void brought(Opened opened) {
        HttpAnswer answer = opened.answer();
        boolean isWhole = opened.body().isEmpty();
        if (answer.status() >= FIRST_FAULT || (isWhole && answer.isSuccess() && !WireJson.mayBeJson(answer.body()))) {
            permit.failed();
        } else {
            permit.worked();
        }
        if (isWhole) {
            permit.close();
        }
    }

    /**
     * The attempt was not answered.
     *
     * @param isClosed whether the client has been closed
     */
    void failed(Exception fault, boolean isClosed) {
        if (!isClosed && !exchange.isGivenUp() && isItsFault(fault)) {
            permit.failed();
        }
        permit.close();
    }

    /** The attempt says nothing. */
    void leave() {
        permit.close();
    }

    private boolean isItsFault(Exception fault) {
        boolean isLate = fault instanceof SocketTimeoutException
                || fault instanceof HostLookup.LateLookupException
                || (fault instanceof ModelException && exchange.hasEnded());
        if (isLate) {
            Duration passed = Duration.ofNanos(System.nanoTime() - began);
            return upstream.isLate(passed.compareTo(allowed) < 0 ? passed : allowed);
        }
        return fault instanceof IOException
                && !(fault instanceof InterruptedIOException
                        || fault instanceof SSLHandshakeException
                        || fault instanceof SSLPeerUnverifiedException);
    }
}
