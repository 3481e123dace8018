package dev.guardrails4j.engine.trace;

import dev.guardrails4j.engine.GenerationResult;

/** Watches one request. Told of its end once. Otherwise as {@link EngineObserver}. */
public interface RequestObserver {

    /** Looks away. */
    RequestObserver NOTHING = new RequestObserver() {};

    /**
     * A rail begins, or the generation of the answer.
     *
     * @param type as {@link ActivatedRail#type}
     * @param name the rail's name, without the parameters that its flow gives it
     * @param flow as {@link ActivatedRail#name}
     */
    default RailObserver rail(String type, String name, String flow) {
        return RailObserver.NOTHING;
    }

    /** It has ended with a result; a block is one. */
    default void ended(GenerationResult result) {}

    /** It has ended without: with an exception, or because nobody waits for it any more. */
    default void failed(Throwable cause) {}
}
