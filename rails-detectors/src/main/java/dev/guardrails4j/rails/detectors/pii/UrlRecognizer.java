package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.DomainValidator;

/** Finds addresses of web pages: with a scheme, beginning with {@code www.}, or a bare host of a common top-level domain. */
final class UrlRecognizer implements Recognizer {

    private static final String URL = "URL";
    private static final int LONGEST_SCHEME = 10;
    private static final int LONGEST_HOST = 253;
    private static final int LONGEST_REST = 2_000;
    private static final String NEVER_LAST = ".,;:!?'\")]}>";

    /** Endings of file names, and words after a missing blank, are top-level domains too: these are neither. */
    private static final Set<String> COMMON = Set.of(
            "com", "org", "net", "edu", "gov", "io", "biz", "co", "uk", "de", "fr", "eu", "jp", "cn", "br", "au", "ca",
            "ch", "nl", "se", "ru", "es", "it", "pl", "dev", "app", "ai", "info");

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) {
        int past = 0;
        for (int dot = text.indexOf('.'); dot >= 0; dot = text.indexOf('.', Math.max(past, dot + 1))) {
            int start = hostStart(text, dot, past);
            int end = DomainNames.end(text, start, Math.min(text.length(), start + LONGEST_HOST));
            if (end <= dot) {
                continue;
            }
            int schemed = schemeStart(text, start, past);
            double score = score(text, start, end, schemed < start);
            if (score > 0) {
                int rest = rest(text, end);
                found.accept(new Finding(URL, schemed, rest, score));
                past = rest;
            } else {
                past = end;
            }
        }
    }

    private static int hostStart(String text, int dot, int past) {
        int start = dot;
        int limit = Math.max(past, dot - LONGEST_HOST);
        while (start > limit && (Character.isLetterOrDigit(text.charAt(start - 1)) || text.charAt(start - 1) == '-')) {
            start--;
        }
        return start;
    }

    /** Where the scheme before a host begins; the host's own begin if there is none. */
    private static int schemeStart(String text, int host, int past) {
        if (host < 3 || !text.startsWith("://", host - 3)) {
            return host;
        }
        int start = host - 3;
        int limit = Math.max(past, start - LONGEST_SCHEME);
        while (start > limit && CheckDigits.isLetter(text.charAt(start - 1))) {
            start--;
        }
        return start < host - 3 ? start : host;
    }

    private static double score(String text, int start, int end, boolean hasScheme) {
        if (hasScheme) {
            return 0.9;
        }
        if (start > 0 && (text.charAt(start - 1) == '@' || text.charAt(start - 1) == '/')) {
            return 0;
        }
        String top = text.substring(text.lastIndexOf('.', end - 1) + 1, end).toLowerCase(Locale.ROOT);
        if (text.regionMatches(true, start, "www.", 0, 4)) {
            return DomainValidator.getInstance().isValidTld(top) ? 0.8 : 0;
        }
        return COMMON.contains(top) ? 0.5 : 0;
    }

    /** Where port, path and query end. */
    private static int rest(String text, int hostEnd) {
        if (hostEnd == text.length() || ":/?#".indexOf(text.charAt(hostEnd)) < 0) {
            return hostEnd;
        }
        int end = hostEnd;
        int limit = Math.min(text.length(), hostEnd + LONGEST_REST);
        while (end < limit && !isOutside(text.charAt(end))) {
            end++;
        }
        while (end > hostEnd && NEVER_LAST.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return end;
    }

    private static boolean isOutside(char c) {
        return c <= ' ' || c == '<' || c == '>' || c == '"' || c == '`' || Character.isIdeographic(c);
    }
}
