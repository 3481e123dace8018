package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.function.Consumer;
import org.apache.commons.validator.routines.DomainValidator;

/** Finds e-mail addresses around each {@code @}. Letters of every script may stand in them. */
final class EmailRecognizer implements Recognizer {

    private static final String IN_LOCAL_PART = "!#$%&'*+-/=?^_`{|}~.";
    /** RFC 5321 4.5.3.1. */
    private static final int LONGEST_LOCAL_PART = 64;

    private static final int LONGEST_DOMAIN = 253;

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) {
        int past = 0;
        for (int at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
            int start = start(text, at, past);
            int end = DomainNames.end(text, at + 1, Math.min(text.length(), at + 1 + LONGEST_DOMAIN));
            if (start < at && end > at + 1 && isDomain(text.substring(at + 1, end))) {
                found.accept(new Finding("EMAIL_ADDRESS", start, end, 1));
                past = end;
            }
        }
    }

    private static int start(String text, int at, int past) {
        int start = at;
        int limit = Math.max(past, at - LONGEST_LOCAL_PART);
        while (start > limit && isLocal(text.charAt(start - 1))) {
            start--;
        }
        // What quotes or joins an address is no part of it.
        while (start < at && !Character.isLetterOrDigit(text.charAt(start)) && text.charAt(start) != '_') {
            start++;
        }
        return start;
    }

    private static boolean isLocal(char c) {
        return DomainNames.isInLabel(c) || IN_LOCAL_PART.indexOf(c) >= 0;
    }

    private static boolean isDomain(String domain) {
        int dot = domain.lastIndexOf('.');
        return dot > 0 && DomainValidator.getInstance().isValidTld(domain.substring(dot + 1));
    }
}
