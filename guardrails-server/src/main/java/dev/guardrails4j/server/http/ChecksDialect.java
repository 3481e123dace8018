package dev.guardrails4j.server.http;

import java.util.Locale;

/** Which of the servers that have {@code POST /v1/guardrail/checks} is followed there, contract "checks" 1. */
public enum ChecksDialect {

    /** NeMo Microservices: contract "checks" C. */
    MICROSERVICE,

    /** TrustyAI's fork of the toolkit: contract "checks" D. */
    TRUSTYAI;

    /**
     * Reads it as settings spell it: {@code trustyai}.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static ChecksDialect parse(String text) {
        for (ChecksDialect dialect : values()) {
            if (dialect.name().toLowerCase(Locale.ROOT).equals(text)) {
                return dialect;
            }
        }
        throw new IllegalArgumentException("must be microservice or trustyai");
    }
}
