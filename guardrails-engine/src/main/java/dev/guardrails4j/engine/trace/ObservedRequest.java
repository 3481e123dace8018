package dev.guardrails4j.engine.trace;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.config.RailsConfig;
import java.util.List;

/**
 * A request that begins.
 *
 * @param operation what is wanted
 * @param config by which configuration
 * @param messages the conversation
 */
public record ObservedRequest(Operation operation, RailsConfig config, List<Message> messages) {

    /** What may be wanted of an engine. */
    public enum Operation {
        /** A conversation is to be continued. */
        CHAT,
        /** A conversation is to be continued while its reader watches. */
        STREAM,
        /** A conversation is to be checked. */
        CHECK
    }
}
