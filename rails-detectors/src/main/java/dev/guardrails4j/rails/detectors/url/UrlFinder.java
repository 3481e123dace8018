package dev.guardrails4j.rails.detectors.url;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the URLs of a text, as a reader or a browser would take them. Linear in the length of the text. */
final class UrlFinder {

    /** More than any honest text has; what comes after counts as one too many. */
    static final int MOST = 1_000;

    private static final int LONGEST_AUTHORITY = 1_000;

    // Browsers take a backslash for a slash, and any number of slashes after the scheme.
    private static final Pattern START = Pattern.compile(
            "(?:(?<![a-z0-9+.-])([a-z][a-z0-9+.-]{1,20}+):[/\\\\]{2,8}+|(?<![a-z0-9@./-])(?=www\\.))",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern DATA =
            Pattern.compile("(?<![a-z0-9])(javascript|data|vbscript):(?=\\S)", Pattern.CASE_INSENSITIVE);
    private static final String AFTER_AUTHORITY = "/\\?#\"'<>()[]{}|^`,; \t\r\n";

    private UrlFinder() {}

    static List<FoundUrl> in(String text) {
        List<FoundUrl> urls = new ArrayList<>();
        if (text.indexOf(':') < 0
                && !text.regionMatches(true, 0, "www.", 0, 4)
                && !text.contains("www.")
                && !text.contains("WWW.")) {
            return urls;
        }
        Matcher start = START.matcher(text);
        while (urls.size() <= MOST && start.find()) {
            String scheme = start.group(1) == null ? "" : start.group(1).toLowerCase(Locale.ROOT);
            add(text, start.start(), start.end(), scheme, urls);
        }
        Matcher data = DATA.matcher(text);
        while (urls.size() <= MOST && data.find()) {
            urls.add(new FoundUrl(data.start(), data.end(), data.group(1).toLowerCase(Locale.ROOT), "", "-"));
        }
        return urls;
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
