package dev.guardrails4j.engine.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a text of a configuration seems to reach for, guessed from its key and from how it looks. A safeguard for rails and
 * providers that read it without saying what it is for; it errs on the side of caution.
 */
enum ReachingText {
    /** Nothing outside of the configuration. */
    NOTHING,
    /** Something on a network. */
    ADDRESS,
    /** Something on the server's disk. */
    FILE,
    /** A variable of the server's environment. */
    VARIABLE;

    private static final Pattern LIKE_AN_ADDRESS =
            Pattern.compile("\\s*([a-z][a-z0-9+.-]*:/|//|\\\\\\\\).*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern LIKE_A_FILE = Pattern.compile(
            "\\s*(file:|/(?!/)|~[^/]*/|\\.{1,2}[/\\\\]|[a-z]:\\\\).+", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Cannot lead to another host, wherever it is appended. */
    private static final Pattern RELATIVE_PATH = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*/?");

    private static final Set<String> OF_FILES = Set.of(
            "path",
            "paths",
            "file",
            "files",
            "filename",
            "folder",
            "folders",
            "dir",
            "dirs",
            "directory",
            "cert",
            "keystore",
            "truststore");
    private static final Set<String> OF_ADDRESSES =
            Set.of("url", "urls", "uri", "uris", "host", "hosts", "hostname", "address", "ip", "proxy", "server");
    private static final String ENDPOINT = "endpoint";

    static ReachingText of(String key, String text) {
        if (text.isBlank()) {
            return NOTHING;
        }
        Set<String> words =
                Set.copyOf(Arrays.asList(key.toLowerCase(Locale.ROOT).split("[_-]")));
        if (words.contains("env")) {
            return VARIABLE;
        }
        if (words.stream().anyMatch(OF_FILES::contains) || key.equals("client_key")) {
            return FILE;
        }
        if (isAddress(text)) {
            return ADDRESS;
        }
        if (LIKE_A_FILE.matcher(text).matches()) {
            return FILE;
        }
        if (words.contains(ENDPOINT)) {
            return RELATIVE_PATH.matcher(text).matches() ? NOTHING : ADDRESS;
        }
        return words.stream().anyMatch(OF_ADDRESSES::contains) ? ADDRESS : NOTHING;
    }

    /** Whether a text looks like one, whatever its key. */
    static boolean isAddress(String text) {
        return LIKE_AN_ADDRESS.matcher(text).matches()
                && !LIKE_A_FILE.matcher(text).matches();
    }
}
