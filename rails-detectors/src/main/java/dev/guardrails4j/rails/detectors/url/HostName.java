package dev.guardrails4j.rails.detectors.url;

import java.net.IDN;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A host as name servers know it.
 *
 * @param ascii in lower case, with other letters in punycode: {@code xn--...}
 * @param unicode the same as it is shown
 */
record HostName(String ascii, String unicode) {

    private static final Pattern NUMBERS = Pattern.compile("(?:0x[0-9a-f]+|[0-9]+)(?:\\.(?:0x[0-9a-f]+|[0-9]+)){0,3}");
    private static final Pattern DOTTED = Pattern.compile(
            "(?:[1-9]?[0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])(?:\\.(?:[1-9]?[0-9]|1[0-9]{2}|2[0-4][0-9]|25[0-5])){3}");

    /** What a browser makes of a host; empty if it makes nothing of it. */
    static Optional<HostName> of(String written) {
        try {
            // Dots of other scripts separate labels, too.
            String dotted = Normalizer.normalize(written, Normalizer.Form.NFKC)
                    .replace('\u3002', '.')
                    .toLowerCase(Locale.ROOT);
            String ascii = dotted.startsWith("[")
                    ? dotted
                    : IDN.toASCII(dotted, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
            return ascii.isEmpty() ? Optional.empty() : Optional.of(new HostName(ascii, IDN.toUnicode(ascii)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether it is an address, not a name, in whichever notation. */
    boolean isAddress() {
        return ascii.startsWith("[") || NUMBERS.matcher(ascii).matches();
    }

    /** Whether it is an address in a notation that people cannot read: hexadecimal, octal, or one number. */
    boolean isObscureAddress() {
        return NUMBERS.matcher(ascii).matches() && !DOTTED.matcher(ascii).matches();
    }

    /** Whether it is this domain, or one of its subdomains. */
    boolean isWithin(String domain) {
        return ascii.equals(domain)
                || (ascii.endsWith(domain) && ascii.charAt(ascii.length() - domain.length() - 1) == '.');
    }

    /** Whether a label mixes alphabets, or is all of letters that look like Latin ones. */
    boolean isHomograph() {
        if (!ascii.contains("xn--")) {
            return false;
        }
        for (String label : unicode.split("\\.", -1)) {
            if (LookAlikes.isDeceptive(label)) {
                return true;
            }
        }
        return false;
    }
}
