package dev.guardrails4j.rails.detectors.pii;

/** How names of hosts are written. */
final class DomainNames {

    private DomainNames() {}

    /** Where a name of a host that begins at a place ends: labels of letters, digits and hyphens between points. */
    static int end(String text, int start, int limit) {
        int end = start;
        int label = start;
        for (int i = start; i < limit; i++) {
            char c = text.charAt(i);
            if (isInLabel(c)) {
                end = i + 1;
            } else if (c == '.' && i > label) {
                label = i + 1;
            } else if (c != '-' || i == label) {
                break;
            }
        }
        return end;
    }

    /** Letters of every script but those that are written without blanks, where a name would have no beginning. */
    static boolean isInLabel(char c) {
        return Character.isLetterOrDigit(c) && !Character.isIdeographic(c);
    }
}
