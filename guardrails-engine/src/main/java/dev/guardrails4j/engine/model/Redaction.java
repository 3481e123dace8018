package dev.guardrails4j.engine.model;

import java.util.regex.Pattern;

/**
 * Keeps keys and URLs out of messages that leave the process, contract "chat server" 1.1: what follows {@code sk-}, {@code
 * nvapi-}, {@code AIza} or {@code bearer} becomes {@code ***}, a URL becomes {@code [redacted-url]}.
 */
public final class Redaction {

    private static final Pattern KEY =
            Pattern.compile("(?i)(?<![a-z0-9])(sk-|nvapi-|AIza|bearer\\s+)[A-Za-z0-9._~+/=*-]+");
    private static final Pattern URL = Pattern.compile("(?i)https?://[^\\s\"'<>]*");

    private Redaction() {}

    /** The text without keys and URLs. Takes time linear in the text's length. */
    public static String redact(String text) {
        return KEY.matcher(URL.matcher(text).replaceAll("[redacted-url]")).replaceAll("$1***");
    }
}
