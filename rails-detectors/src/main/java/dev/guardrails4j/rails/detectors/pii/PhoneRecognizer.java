package dev.guardrails4j.rails.detectors.pii;

import static dev.guardrails4j.rails.detectors.pii.CheckDigits.isDigit;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import dev.guardrails4j.rails.detectors.pii.PatternSet.Matches;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Finds phone numbers: valid ones of any country if they begin with {@code +}, of some regions if they do not; and, beside a
 * word that announces one, whatever is grouped like a phone number.
 */
final class PhoneRecognizer implements Recognizer {

    private static final String PHONE_NUMBER = "PHONE_NUMBER";
    private static final PatternSet LOOK = new PatternSet(List.of(
            "[+]?[(]?[+]?\\d(?:[ ().\\-/]{0,3}\\d){5,16}" + "(?:[ \t\n]?(?:x|ext\\.?|extension)[ \t\n]?\\d{1,6})?"));
    /** Also a look at versions, decimals, and dates, which are no phone numbers. */
    private static final Pattern OTHER = Pattern.compile(
            "\\d+\\.\\d+|\\d{1,2}([-/.])\\d{1,2}\\1(?:\\d{4}|\\d{2})" + "|(?:19|20)\\d{2}([-/.])\\d{1,2}\\2\\d{1,2}.*");

    private static final ContextWords CONTEXT = ContextWords.of(
            "phone",
            "number",
            "telephone",
            "tel",
            "cell",
            "cellphone",
            "mobile",
            "call",
            "text me",
            "sms",
            "whatsapp",
            "fax",
            "dial",
            "reach me",
            "contact",
            "hotline",
            "ring",
            "handy",
            "telefon",
            "téléphone",
            "teléfono",
            "móvil",
            "telefono",
            "rufnummer");

    private static final double INTERNATIONAL = 0.9;
    private static final double NATIONAL = 0.6;
    private static final double IN_CONTEXT = 0.5;
    private static final int MAX_GROUPS = 7;
    private static final int MIN_NATIONAL_DIGITS = 9;
    /** Looking a number up in the plans of all regions takes some 30 us: a long table of numbers is not looked up to its end. */
    private static final int MAX_LOOKED_UP = 500;

    private final PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
    private final List<String> regions;

    /** @param regions codes of ISO 3166: whose numbers count without a country code */
    PhoneRecognizer(List<String> regions) {
        this.regions = List.copyOf(regions);
    }

    @Override
    public void find(String text, Duration limit, Consumer<Finding> found) throws InterruptedException {
        Matches matches = new Matches();
        int position = 0;
        int lookedUp = 0;
        while (position < text.length()) {
            if (!begins(text, position)) {
                position++;
                continue;
            }
            if (Thread.interrupted()) {
                throw new InterruptedException("interrupted between two numbers");
            }
            LOOK.find(text, position, matches);
            int end = CodeRecognizer.longest(text, position, matches);
            if (end > position) {
                double score = lookedUp++ < MAX_LOOKED_UP ? score(text, position, end) : unchecked(text, position, end);
                if (score > 0) {
                    found.accept(new Finding(PHONE_NUMBER, position, end, score));
                }
                position = end;
            } else {
                position = pastDigits(text, position);
            }
        }
    }

    private static boolean begins(String text, int start) {
        char c = text.charAt(start);
        if (c == '+' || c == '(') {
            return start + 1 < text.length()
                    && (isDigit(text.charAt(start + 1))
                            || text.charAt(start + 1) == '('
                            || text.charAt(start + 1) == '+');
        }
        return isDigit(c) && CodeRecognizer.begins(text, start);
    }

    private static int pastDigits(String text, int start) {
        int position = start + 1;
        while (position < text.length() && isDigit(text.charAt(position))) {
            position++;
        }
        return position;
    }

    private double score(String text, int start, int end) {
        String candidate = text.substring(start, end);
        if (isOther(candidate)) {
            return 0;
        }
        boolean international = candidate.indexOf('+') >= 0;
        if (international && isValid(candidate, "ZZ")) {
            return INTERNATIONAL;
        }
        boolean inContext = CONTEXT.surround(text, start, end);
        if (inContext) {
            return IN_CONTEXT + (isValidSomewhere(candidate) ? 0.35 : 0);
        }
        // A number in one piece is more often an order's or an account's.
        return isGrouped(candidate) && isValidSomewhere(candidate) ? NATIONAL : 0;
    }

    /** What is grouped like a phone number is taken for one. */
    private static double unchecked(String text, int start, int end) {
        String candidate = text.substring(start, end);
        return isGrouped(candidate) && !isOther(candidate) ? NATIONAL : 0;
    }

    private static boolean isGrouped(String candidate) {
        return candidate.chars().anyMatch(c -> !isDigit((char) c));
    }

    private static boolean isOther(String candidate) {
        int groups = 0;
        for (int i = 0; i < candidate.length(); i++) {
            groups += isDigit(candidate.charAt(i)) && (i == 0 || !isDigit(candidate.charAt(i - 1))) ? 1 : 0;
        }
        return groups > MAX_GROUPS || OTHER.matcher(candidate).matches();
    }

    private boolean isValidSomewhere(String candidate) {
        // Looking a number up takes long, and shorter ones are mostly identifiers.
        return candidate.chars().filter(c -> isDigit((char) c)).count() >= MIN_NATIONAL_DIGITS
                && regions.stream().anyMatch(region -> isValid(candidate, region));
    }

    private boolean isValid(String candidate, String region) {
        try {
            return numbers.isValidNumber(numbers.parse(candidate, region));
        } catch (NumberParseException e) {
            return false;
        }
    }
}
