package dev.guardrails4j.engine.model;

/** What the value of a header may hold. */
final class HeaderValues {

    private HeaderValues() {}

    static boolean isValid(String value) {
        return value.chars().allMatch(c -> c == '\t' || (c >= ' ' && c <= 0xff && c != 0x7f));
    }
}
