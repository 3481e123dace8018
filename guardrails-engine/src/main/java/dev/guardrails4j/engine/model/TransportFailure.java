package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.model.HostLookup.LateLookupException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.zip.ZipException;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;

/**
 * Says what went wrong below HTTP, in words of our own: what the HTTP client says names hosts and addresses. The cause is
 * kept for the operator's log, except where it could quote the answer.
 */
final class TransportFailure {

    private static final String BROKEN_OFF = "broke off its answer";

    private TransportFailure() {}

    /** The time is over, or nobody waits for the answer any more. */
    static ModelException tooLate() {
        return ModelException.withMessage("the model did not answer in time").build();
    }

    /** The engine was closed before the model was asked, or while it was. */
    static ModelException closed(RuntimeException cause) {
        return ModelException.withMessage("the model could not be reached: the engine has been closed")
                .cause(cause)
                .build();
    }

    /** The answer's end is missing. */
    static ModelException brokenOff() {
        return ModelException.withMessage("the model " + BROKEN_OFF).build();
    }

    /** Whoever asked does not want to hear the rest. */
    static ModelException givenUp() {
        return ModelException.withMessage("the model's answer has been given up before its end")
                .build();
    }

    /** @param why without the answer's own words */
    static ModelException notAnAnswer(String why) {
        return ModelException.withMessage("the model answered what is not an answer: " + why)
                .build();
    }

    static ModelException of(IOException fault) {
        if (fault instanceof UnreadableAnswerException) {
            return notAnAnswer(String.valueOf(fault.getMessage()));
        }
        if (fault instanceof SocketTimeoutException && !(fault instanceof ConnectTimeoutException)) {
            return tooLate();
        }
        if (fault instanceof ClientProtocolException
                || fault instanceof MessageConstraintException
                || fault instanceof ZipException) {
            return notAnAnswer("its response cannot be read as HTTP");
        }
        return ModelException.withMessage("the model " + describe(fault))
                .cause(fault)
                .build();
    }

    private static String describe(IOException fault) {
        if (fault instanceof ConnectionRequestTimeoutException) {
            return "could not be reached: all connections are in use";
        }
        if (fault instanceof ConnectTimeoutException) {
            return "could not be reached: nothing took the connection in time";
        }
        if (fault instanceof LateLookupException) {
            return "could not be reached: its host was not looked up in time";
        }
        if (fault instanceof UnknownHostException) {
            return "could not be reached: its host is not known";
        }
        if (fault instanceof ConnectException || fault instanceof NoRouteToHostException) {
            return "could not be reached: the connection was refused";
        }
        if (fault instanceof SSLException) {
            return "could not be reached: no trusted TLS connection can be made";
        }
        return BROKEN_OFF;
    }
}
