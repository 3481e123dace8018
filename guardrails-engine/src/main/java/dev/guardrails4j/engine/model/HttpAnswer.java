package dev.guardrails4j.engine.model;

import java.util.Optional;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.NameValuePair;

/** What an endpoint answered, of whatever status. */
final class HttpAnswer {

    private final int status;
    private final HttpMessage head;
    private final byte[] body;

    /** @param body what was read of the body, uncompressed; not copied */
    HttpAnswer(int status, HttpMessage head, byte[] body) {
        this.status = status;
        this.head = head;
        this.body = body;
    }

    int status() {
        return status;
    }

    boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The first header of this name, in any case. */
    Optional<String> header(String name) {
        return Optional.ofNullable(head.getFirstHeader(name))
                .map(NameValuePair::getValue)
                .map(String::strip);
    }

    /** Not a copy: only to be read. */
    byte[] body() {
        return body;
    }
}
