package dev.guardrails4j.server.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Takes out of a message what no answer may hold: keys and addresses, which upstreams like to quote. Contract "chat
 * server" 1.1.
 */
public final class SafeText {

    private static final int LONGEST = 2_000;
    private static final Pattern KEY =
            Pattern.compile("(?<![A-Za-z0-9])(sk-|nvapi-|AIza|bearer\\s+)[^\\s\"',;)\\]}]+", Pattern.CASE_INSENSITIVE);
    private static final Pattern ADDRESS = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);

    private SafeText() {}

    /** The text without keys (their prefix stays) and addresses, shortened if it is very long. */
    public static String of(String text) {
        String bounded = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
        String withoutKeys = KEY.matcher(bounded).replaceAll(match -> Matcher.quoteReplacement(match.group(1) + "***"));
        return ADDRESS.matcher(withoutKeys).replaceAll("[redacted-url]");
    }
}
