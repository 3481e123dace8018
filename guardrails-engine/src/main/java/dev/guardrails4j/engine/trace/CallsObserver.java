package dev.guardrails4j.engine.trace;

import java.util.Map;

/** Watches whatever may call models and other servers: a rail, or an action. */
public interface CallsObserver {

    /** A model is about to be asked. */
    default CallObserver asks(ObservedCall call) {
        return CallObserver.NOTHING;
    }

    /**
     * Another server is about to be called.
     *
     * @param name as {@link EndpointCall#endpoint}
     * @param cached whether its answers are remembered
     */
    default CallObserver calls(String name, boolean cached) {
        return CallObserver.NOTHING;
    }

    /** An action begins. */
    default ActionObserver action(String name, Map<String, Object> parameters) {
        return ActionObserver.NOTHING;
    }
}
