package dev.guardrails4j.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/** How an answer goes over the wire. What is not sent in full is broken off when the exchange is closed. */
@FunctionalInterface
interface Delivery {

    Delivery WHOLE = (wire, status, body) -> {
        wire.head(status, body.length);
        if (body.length > 0) {
            wire.send(body, 0, body.length);
        }
    };

    Delivery HALF = (wire, status, body) -> {
        wire.head(status, body.length);
        wire.send(body, 0, body.length / 2);
    };

    Delivery NOTHING = (wire, status, body) -> {};

    void send(Wire wire, int status, byte[] body) throws IOException, InterruptedException;

    static Delivery dripping(Duration pause) {
        return (wire, status, body) -> {
            wire.head(status, body.length);
            for (int i = 0; i < body.length; i++) {
                wire.send(body, i, i + 1);
                Thread.sleep(pause.toMillis());
            }
        };
    }

    default Delivery after(CountDownLatch latch) {
        return (wire, status, body) -> {
            latch.await();
            send(wire, status, body);
        };
    }
}
