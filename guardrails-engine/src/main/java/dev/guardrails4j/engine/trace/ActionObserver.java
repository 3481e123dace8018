package dev.guardrails4j.engine.trace;

/** Watches one execution of an action. Otherwise as {@link EngineObserver}. */
public interface ActionObserver extends CallsObserver {

    /** Looks away. */
    ActionObserver NOTHING = new ActionObserver() {};

    /** It has ended, well or not. */
    default void ended(ExecutedAction action) {}
}
