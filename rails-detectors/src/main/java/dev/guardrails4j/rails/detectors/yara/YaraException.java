package dev.guardrails4j.rails.detectors.yara;

/** Rules cannot be used. The message says what is wrong, with the line within the rules. */
public final class YaraException extends Exception {

    private static final long serialVersionUID = 1L;

    YaraException(int line, String problem) {
        super("line " + line + ": " + problem);
    }
}
