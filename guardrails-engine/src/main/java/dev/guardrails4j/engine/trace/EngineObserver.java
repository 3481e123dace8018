package dev.guardrails4j.engine.trace;

/**
 * Watches what an engine does, as it does it: for metrics and spans. Is told by many threads at once, and waited for, so it
 * must be quick; it must not throw. Bound with Guice's {@code OptionalBinder}; {@link #NOTHING} unless something is.
 */
public interface EngineObserver {

    /** Looks away. */
    EngineObserver NOTHING = new EngineObserver() {};

    /** Two who are told of everything. */
    static EngineObserver both(EngineObserver one, EngineObserver other) {
        if (one == NOTHING) {
            return other;
        }
        return other == NOTHING ? one : new Together(one, other);
    }

    /** A request begins. Told by the thread that brings it, before anything of it runs. */
    default RequestObserver begins(ObservedRequest request) {
        return RequestObserver.NOTHING;
    }

    /**
     * The circuit breaker of a mention of a rail has changed.
     *
     * @param rail the name of the rail
     * @param state {@code "closed"}, {@code "open"} or {@code "half_open"}
     */
    default void breakerChanged(String rail, String state) {}

    /**
     * The circuit breaker of a server that is called has changed.
     *
     * @param upstream {@code "https://api.openai.com"}
     * @param state {@code "closed"}, {@code "open"} or {@code "half_open"}
     */
    default void upstreamChanged(String upstream, String state) {}

    /**
     * A server was not asked.
     *
     * @param upstream {@code "https://api.openai.com"}
     */
    default void upstreamNotAsked(String upstream, NotAsked why) {}

    /** Something was read anew while requests ran. */
    default void reloaded(Reloaded what) {}

    /** Why a server is not asked. */
    enum NotAsked {
        /** It has failed so often that it is left alone for a while. */
        CIRCUIT_OPEN,
        /** As many calls of it run as may at once. */
        BUSY
    }

    /** What is read anew while requests run. */
    enum Reloaded {
        CONFIGURATIONS,
        PLUGINS
    }
}
