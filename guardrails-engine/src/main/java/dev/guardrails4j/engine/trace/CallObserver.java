package dev.guardrails4j.engine.trace;

import java.util.Map;

/** Watches one call of a model or of another server. Told of its end once. Otherwise as {@link EngineObserver}. */
public interface CallObserver {

    /** Looks away. */
    CallObserver NOTHING = new CallObserver() {};

    /** Headers that go with the call: by them, the server that is called tells what it is part of. */
    default Map<String, String> headers() {
        return Map.of();
    }

    /** A chunk of a streamed answer has come. */
    default void chunk() {}

    /** A model has answered. */
    default void ended(ModelCall call) {}

    /** Another server has answered, or has not. */
    default void ended(EndpointCall call) {}

    /** A model has not answered. */
    default void failed(Throwable cause) {}
}
