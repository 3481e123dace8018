package dev.guardrails4j.rails.detectors.text;

/** Tells texts that need no folding. */
public final class Ascii {

    private Ascii() {}

    /** Whether all characters of a text are ASCII. */
    public static boolean isAll(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }
}
