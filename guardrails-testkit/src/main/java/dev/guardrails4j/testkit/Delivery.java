package dev.guardrails4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** How an answer goes over the wire. What is not sent in full is broken off when the exchange is closed. */
@FunctionalInterface
interface Delivery {

    Delivery WHOLE = (exchange, status, body) -> {
        exchange.sendResponseHeaders(status, lengthOf(body));
        exchange.getResponseBody().write(body);
    };

    Delivery HALF = (exchange, status, body) -> {
        exchange.sendResponseHeaders(status, lengthOf(body));
        OutputStream out = exchange.getResponseBody();
        out.write(body, 0, body.length / 2);
        out.flush();
    };

    Delivery NOTHING = (exchange, status, body) -> {};

    void send(HttpExchange exchange, int status, byte[] body) throws IOException, InterruptedException;

    static Delivery dripping(Duration pause) {
        return (exchange, status, body) -> {
            exchange.sendResponseHeaders(status, lengthOf(body));
            OutputStream out = exchange.getResponseBody();
            for (byte one : body) {
                out.write(one);
                out.flush();
                Thread.sleep(pause.toMillis());
            }
        };
    }

    default Delivery after(CountDownLatch latch) {
        return (exchange, status, body) -> {
            latch.await();
            send(exchange, status, body);
        };
    }

    /** The server takes 0 for "unknown" and -1 for "none". */
    private static long lengthOf(byte[] body) {
        return body.length == 0 ? -1 : body.length;
    }
}
