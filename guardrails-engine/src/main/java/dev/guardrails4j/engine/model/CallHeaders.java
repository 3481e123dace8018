package dev.guardrails4j.engine.model;

import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * Headers that go with whatever the current thread sends: what they tell is of the call, and not of the model. A thread that
 * sends for another takes them over.
 */
public final class CallHeaders {

    private static final ThreadLocal<Map<String, String>> CURRENT = ThreadLocal.withInitial(Map::of);

    private CallHeaders() {}

    /** Sends with these. */
    public static <T> T with(Map<String, String> headers, Supplier<T> call) {
        if (headers.isEmpty()) {
            return call.get();
        }
        Map<String, String> before = CURRENT.get();
        CURRENT.set(headers);
        try {
            return call.get();
        } finally {
            restore(before);
        }
    }

    /** Those of the current thread. */
    static Map<String, String> current() {
        return CURRENT.get();
    }

    /** The same work, done with this thread's headers, whichever thread does it. */
    static Callable<Void> carried(Runnable work) {
        Map<String, String> headers = CURRENT.get();
        return () -> with(headers, () -> {
            work.run();
            return null;
        });
    }

    private static void restore(Map<String, String> before) {
        if (before.isEmpty()) {
            CURRENT.remove();
        } else {
            CURRENT.set(before);
        }
    }
}
