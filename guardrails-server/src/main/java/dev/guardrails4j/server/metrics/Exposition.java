package dev.guardrails4j.server.metrics;

import java.util.Locale;

/**
 * Metrics as text.
 *
 * @param format which
 * @param text the text
 */
public record Exposition(Format format, String text) {

    /** A format of text. */
    public enum Format {
        PROMETHEUS("text/plain; version=0.0.4; charset=utf-8"),
        OPEN_METRICS("application/openmetrics-text; version=1.0.0; charset=utf-8");

        private final String contentType;

        Format(String contentType) {
            this.contentType = contentType;
        }

        /** As it is written in {@code Content-Type}. */
        public String contentType() {
            return contentType;
        }

        /** The one that a header {@code Accept} asks for; Prometheus' own if it asks for neither. */
        static Format wanted(String accept) {
            return accept.toLowerCase(Locale.ROOT).contains("application/openmetrics-text") ? OPEN_METRICS : PROMETHEUS;
        }
    }
}
