package dev.guardrails4j.testkit;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;

/**
 * Sends one event of a stream after the other, each at once. Any other body is one event.
 *
 * @param pace what happens before the first event and after each
 * @param limit after how many events the connection breaks
 * @param isEndless whether the last event is sent again and again
 */
record EventDelivery(Pace pace, int limit, boolean isEndless) implements Delivery {

    static final EventDelivery PLAIN = new EventDelivery(sent -> {}, Integer.MAX_VALUE, false);

    /** What happens before the first event and after each, the last one included. */
    @FunctionalInterface
    interface Pace {

        /** Waits after so many events. */
        void at(int sent) throws InterruptedException;

        default Pace and(Pace next) {
            return sent -> {
                at(sent);
                next.at(sent);
            };
        }
    }

    EventDelivery pausing(Duration pause) {
        return with(sent -> {
            if (sent > 0) {
                Thread.sleep(pause.toMillis());
            }
        });
    }

    EventDelivery heldAfter(int events, CountDownLatch latch) {
        return with(sent -> {
            if (sent == events) {
                latch.await();
            }
        });
    }

    EventDelivery brokenOffAfter(int events) {
        return new EventDelivery(pace, events, isEndless);
    }

    EventDelivery endless() {
        return new EventDelivery(pace, limit, true);
    }

    @Override
    public void send(Wire wire, int status, byte[] body) throws IOException, InterruptedException {
        if (limit == Integer.MAX_VALUE) {
            wire.headOfAnyLength(status);
        } else {
            // Only what has a length can be broken off: the server ends anything else in good order.
            wire.head(status, body.length + 1);
        }
        int from = 0;
        pace.at(0);
        for (int sent = 0; sent < limit && from < body.length; ) {
            int to = endOfEvent(body, from);
            wire.send(body, from, to);
            if (to < body.length || !isEndless) {
                from = to;
            }
            sent++;
            pace.at(sent);
        }
    }

    private EventDelivery with(Pace more) {
        return new EventDelivery(pace.and(more), limit, isEndless);
    }

    private static int endOfEvent(byte[] body, int from) {
        for (int i = from + 1; i < body.length; i++) {
            if (body[i] == '\n' && body[i - 1] == '\n') {
                return i + 1;
            }
        }
        return body.length;
    }
}
