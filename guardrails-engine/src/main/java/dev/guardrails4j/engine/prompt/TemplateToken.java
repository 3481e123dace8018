package dev.guardrails4j.engine.prompt;

/**
 * A piece of a template, after comments, raw blocks and whitespace control have been dealt with.
 *
 * @param kind what it is
 * @param text the text itself, or what stands between the delimiters, trimmed
 * @param line the line it begins in, counted from 1
 */
record TemplateToken(Kind kind, String text, int line) {

    /** What a piece of a template is. */
    enum Kind {
        /** Written as it stands. */
        TEXT,
        /** <code>{{ ... }}</code>. */
        OUTPUT,
        /** <code>{% ... %}</code>. */
        TAG
    }
}
