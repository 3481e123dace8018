package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.function.Consumer;

/** Finds IP addresses of both versions, and MAC addresses: runs of hexadecimal digits with points or colons between. */
final class IpAddressRecognizer implements Recognizer {

    private static final int LONGEST = 45;
    private static final int SHORTEST = 3;
    private static final int MAC_ADDRESS = 17;
    /** Times of day and clauses of programs look like short addresses of version 6. */
    private static final int MIN_COLONS = 3;

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) {
        int start = 0;
        while (start < text.length()) {
            if (!isPart(text.charAt(start)) || (start > 0 && Character.isLetterOrDigit(text.charAt(start - 1)))) {
                start++;
                continue;
            }
            int end = start;
            int points = 0;
            int colons = 0;
            for (; end < text.length() && isPart(text.charAt(end)); end++) {
                points += text.charAt(end) == '.' ? 1 : 0;
                colons += text.charAt(end) == ':' ? 1 : 0;
            }
            if ((points >= 3 || colons >= 2)
                    && (end == text.length() || !Character.isLetterOrDigit(text.charAt(end)))) {
                find(text, start, end, found);
            }
            start = Math.max(end, start + 1);
        }
    }

    private void find(String text, int from, int to, Consumer<Finding> found) {
        int start = from;
        int end = to;
        // A sentence's point or colon beside an address.
        while (end > start && (text.charAt(end - 1) == '.' || endsInOneColon(text, start, end))) {
            end--;
        }
        while (start < end
                && (text.charAt(start) == '.' || (text.charAt(start) == ':' && !text.startsWith("::", start)))) {
            start++;
        }
        if (end - start < SHORTEST || end - start > LONGEST) {
            return;
        }
        String candidate = text.substring(start, end);
        if (IpAddresses.isVersion4(candidate)) {
            found.accept(new Finding("IP_ADDRESS", start, end, candidate.startsWith("0.") ? 0.3 : 0.95));
        } else if (candidate.indexOf(':') < 0) {
            return;
        } else if (isMac(candidate)) {
            found.accept(new Finding("MAC_ADDRESS", start, end, 0.9));
        } else if (IpAddresses.isVersion6(candidate)) {
            long colons = candidate.chars().filter(c -> c == ':').count();
            found.accept(new Finding("IP_ADDRESS", start, end, colons >= MIN_COLONS ? 0.95 : 0.3));
        } else {
            findBeforePort(start, candidate, found);
        }
    }

    private void findBeforePort(int start, String candidate, Consumer<Finding> found) {
        int colon = candidate.indexOf(':');
        if (IpAddresses.isVersion4(candidate.substring(0, colon))) {
            found.accept(new Finding("IP_ADDRESS", start, start + colon, 0.95));
        }
    }

    private static boolean isMac(String candidate) {
        if (candidate.length() != MAC_ADDRESS) {
            return false;
        }
        for (int i = 0; i < MAC_ADDRESS; i++) {
            if ((candidate.charAt(i) == ':') != (i % 3 == 2)) {
                return false;
            }
        }
        return true;
    }

    private static boolean endsInOneColon(String text, int start, int end) {
        return text.charAt(end - 1) == ':' && (end - 2 < start || text.charAt(end - 2) != ':');
    }

    private static boolean isPart(char c) {
        return CheckDigits.isDigit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f') || c == '.' || c == ':';
    }
}
