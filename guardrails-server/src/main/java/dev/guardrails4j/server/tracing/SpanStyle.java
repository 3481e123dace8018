package dev.guardrails4j.server.tracing;

import dev.guardrails4j.engine.config.TracingConfig;

/**
 * How a configuration wants its spans: contract "config and rails" 6.5.
 *
 * @param isLegacy whether they have the names that the reference gave them first
 * @param capturesContent whether they hold what was said
 */
record SpanStyle(boolean isLegacy, boolean capturesContent) {

    /** @param capturesAlways whether the operator wants what was said in every span, whatever configurations say */
    static SpanStyle of(TracingConfig config, boolean capturesAlways) {
        return new SpanStyle(config.isLegacy(), capturesAlways || config.capturesContent());
    }

    String request() {
        return isLegacy ? "interaction" : "guardrails.request";
    }

    String rail(String name) {
        return isLegacy ? "rail: " + name : "guardrails.rail";
    }

    String action(String name) {
        return isLegacy ? "action: " + name : "guardrails.action";
    }

    String call(String task, String model) {
        return isLegacy ? "LLM: " + model : task + " " + model;
    }
}
