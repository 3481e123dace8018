package dev.guardrails4j.engine.trace;

/** Watches one check of a rail, or the generation of the answer. Told of its end once. Otherwise as {@link EngineObserver}. */
public interface RailObserver extends CallsObserver {

    /** Looks away. */
    RailObserver NOTHING = new RailObserver() {};

    /** Why a rail did not decide. */
    enum Fault {
        /** It did not decide in time. */
        TIMEOUT,
        /** As many checks of it ran as may, and none of them ended soon enough. */
        BUSY,
        /** Its circuit breaker was open. */
        CIRCUIT_OPEN,
        /** A model that it asked cannot be reached or refuses. */
        MODEL,
        /** It threw, or returned what it may not. */
        ERROR
    }

    /** It need not run: what it once decided about this text is known. Its end follows. */
    default void known() {}

    /** It has to run, although what it once decided about texts is remembered: this one is new, or was forgotten. */
    default void unknown() {}

    /** It did not decide; its end follows. */
    default void fault(Fault fault) {}

    /** It has ended. */
    default void ended(ActivatedRail rail) {}

    /** The request fails with it. */
    default void failed(Throwable cause) {}

    /** Its decision is no longer wanted. */
    default void abandoned() {}
}
