package dev.guardrails4j.rails.detectors.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Finds the URLs of a text, as a reader or a browser would take them. Linear in the length of the text. */
final class UrlFinder {

    /** More than any honest text has; what comes after counts as one too many. */
    static final int MOST = 1_000;

    private static final int LONGEST_AUTHORITY = 1_000;

    private static final int SHORTEST_SCHEME = 2;
    private static final int LONGEST_SCHEME = 21;
    private static final int FEWEST_SLASHES = 2;
    private static final int MOST_SLASHES = 8;
    private static final String WWW = "www.";

    /** What a browser runs or shows instead of asking a host for it. */
    private static final List<String> WITHOUT_HOST = List.of("javascript", "data", "vbscript");

    private static final String AFTER_AUTHORITY = "/\\?#\"'<>()[]{}|^`,; \t\r\n";

    private UrlFinder() {}

    static List<FoundUrl> in(String text) {
        List<FoundUrl> urls = new ArrayList<>();
        for (int i = 0; i < text.length() && urls.size() <= MOST; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                addWithScheme(text, i, urls);
                addWithoutHost(text, i, urls);
            } else if ((c == 'w' || c == 'W') && beginsHost(text, i)) {
                add(text, i, i, "", urls);
            }
        }
        return urls;
    }

    /** Browsers take a backslash for a slash, and any number of slashes after the scheme. */
    private static void addWithScheme(String text, int colon, List<FoundUrl> urls) {
        int from = colon + 1;
        while (from < text.length() && from - colon <= MOST_SLASHES && isSlash(text.charAt(from))) {
            from++;
        }
        int start = colon;
        while (start > 0 && colon - start <= LONGEST_SCHEME && isInScheme(text.charAt(start - 1))) {
            start--;
        }
        int length = colon - start;
        if (from - colon > FEWEST_SLASHES
                && length >= SHORTEST_SCHEME
                && length <= LONGEST_SCHEME
                && isLetter(text.charAt(start))) {
            add(text, start, from, text.substring(start, colon).toLowerCase(Locale.ROOT), urls);
        }
    }

    private static void addWithoutHost(String text, int colon, List<FoundUrl> urls) {
        if (colon + 1 == text.length() || Character.isWhitespace(text.charAt(colon + 1))) {
            return;
        }
        for (String scheme : WITHOUT_HOST) {
            int start = colon - scheme.length();
            if (start >= 0
                    && text.regionMatches(true, start, scheme, 0, scheme.length())
                    && (start == 0 || !isLetterOrDigit(text.charAt(start - 1)))) {
                urls.add(new FoundUrl(start, colon + 1, scheme, "", "-"));
            }
        }
    }

    private static boolean beginsHost(String text, int start) {
        if (!text.regionMatches(true, start, WWW, 0, WWW.length())) {
            return false;
        }
        return start == 0 || (!isLetterOrDigit(text.charAt(start - 1)) && "@./-".indexOf(text.charAt(start - 1)) < 0);
    }

    private static boolean isSlash(char c) {
        return c == '/' || c == '\\';
    }

    private static boolean isInScheme(char c) {
        return isLetterOrDigit(c) || c == '+' || c == '.' || c == '-';
    }

    private static boolean isLetterOrDigit(char c) {
        return isLetter(c) || (c >= '0' && c <= '9');
    }

    private static boolean isLetter(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static void add(String text, int start, int from, String scheme, List<FoundUrl> urls) {
        int end = from;
        while (end < text.length() && end - from < LONGEST_AUTHORITY && isInAuthority(text, end, from)) {
            end++;
        }
        String authority = text.substring(from, end);
        int at = authority.lastIndexOf('@');
        String hostAndPort = authority.substring(at + 1);
        String host = host(hostAndPort);
        if (!host.isEmpty()) {
            urls.add(new FoundUrl(start, end, scheme, at < 0 ? "" : authority.substring(0, at), host));
        }
    }

    private static boolean isInAuthority(String text, int at, int from) {
        char c = text.charAt(at);
        // An IPv6 address begins with a bracket.
        if (c == '[') {
            return at == from || text.charAt(at - 1) == '@';
        }
        if (c == ']') {
            return text.lastIndexOf('[', at) >= from;
        }
        return AFTER_AUTHORITY.indexOf(c) < 0 && !Character.isWhitespace(c);
    }

    private static String host(String hostAndPort) {
        if (hostAndPort.startsWith("[")) {
            int end = hostAndPort.indexOf(']');
            return end < 0 ? "" : hostAndPort.substring(0, end + 1).toLowerCase(Locale.ROOT);
        }
        int colon = hostAndPort.indexOf(':');
        String host = colon < 0 ? hostAndPort : hostAndPort.substring(0, colon);
        int end = host.length();
        while (end > 0 && ".!?:*_~".indexOf(host.charAt(end - 1)) >= 0) {
            end--;
        }
        return host.substring(0, end).toLowerCase(Locale.ROOT);
    }
}
