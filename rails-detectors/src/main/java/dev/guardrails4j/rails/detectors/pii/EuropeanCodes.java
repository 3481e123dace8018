package dev.guardrails4j.rails.detectors.pii;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Numbers that authorities of European countries give out. */
final class EuropeanCodes {

    private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
    private static final String FINNISH_MARKS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
    private static final String[] NATIONAL_HEALTH = {"nhs", "national health", "health service", "health authority"};

    /** Prefixes that are not given out. */
    private static final Set<String> NO_INSURANCE = Set.of("bg", "gb", "kn", "nk", "nt", "tn", "zz");

    /** The values of the characters at odd places of an Italian fiscal code: 0 to 9, then A to Z. */
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private EuropeanCodes() {}

    static List<CodePattern> all() {
        return List.of(
                CodePattern.of("UK_NHS", List.of("", " ", "-"), "\\d{3}", "\\d{3}", "\\d{4}")
                        .check(CheckDigits.compact(
                                digits -> CheckDigits.elevenLess(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2)))
                        .score(0.1, 0.95, NATIONAL_HEALTH),
                CodePattern.of("UK_NINO", "[a-ceghj-pr-tw-z][a-ceghj-npr-tw-z] ?\\d{2} ?\\d{2} ?\\d{2}" + " ?[a-d]")
                        .check(code ->
                                !NO_INSURANCE.contains(code.substring(0, 2).toLowerCase(Locale.ROOT)))
                        .score(0.6, 0.95, "national insurance", "ni number", "nino"),
                CodePattern.of("ES_NIF", "\\d{7,8}-?[a-z]")
                        .check(CheckDigits.compact(EuropeanCodes::isNif))
                        .score(0.5, 0.95, "dni", "nif", "identificacion", "identidad", "documento"),
                CodePattern.of("ES_NIE", "[xyz]-?\\d{7}-?[a-z]")
                        .check(CheckDigits.compact(EuropeanCodes::isNie))
                        .score(0.7, 0.95, "nie", "extranjero", "identificacion"),
                CodePattern.of("PL_PESEL", "\\d{11}")
                        .check(EuropeanCodes::isPesel)
                        .score(0.25, 0.95, "pesel"),
                CodePattern.of("IT_FISCAL_CODE", "[a-z]{6}\\d{2}[a-ehlmprst]\\d{2}[a-z]\\d{3}[a-z]")
                        .check(CheckDigits.compact(EuropeanCodes::isItalianFiscalCode))
                        .score(0.95),
                CodePattern.of("IT_VAT_CODE", "(?:it)?\\d{11}")
                        .check(code -> LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(
                                code.substring(code.length() - "12345678901".length())))
                        .score(0.1, 0.9, "piva", "partita iva", "p.iva"),
                CodePattern.of("IT_DRIVER_LICENSE", "[a-z]{2}\\d{7}[a-z]|u1[a-z0-9]{7}[a-z]")
                        .score(0.2, 0.6, "patente"),
                CodePattern.of("IT_PASSPORT", "[a-z]{2}\\d{7}").score(0.05, 0.6, "passaporto", "passport"),
                CodePattern.of("IT_IDENTITY_CARD", "[a-z]{2} ?\\d{7}|\\d{7}[a-z]{2}|c[a-z]\\d{5}[a-z]{2}")
                        .score(0.05, 0.6, "carta d'identita", "carta identita", "identita", "cie"),
                CodePattern.of("DE_TAX_ID", "[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}")
                        .check(CheckDigits.compact(CheckDigits::mod1110))
                        .score(0.1, 0.9, "steuer", "idnr", "tin", "tax id"),
                CodePattern.of(
                                "FR_NIR",
                                "[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[ab]) ?\\d{3} ?\\d{3} ?\\d{2}")
                        .check(CheckDigits.compact(EuropeanCodes::isNir))
                        .score(0.85, 1, "nir", "securite sociale", "sécurité sociale", "insee"),
                CodePattern.of("NL_BSN", "\\d{9}")
                        .check(digits -> CheckDigits.weighted(digits, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0)
                        .score(0.05, 0.9, "bsn", "burgerservice", "sofinummer"),
                CodePattern.of("SE_PERSONNUMMER", "(?:\\d{2})?\\d{2}(?:0\\d|1[0-2])[0-3]\\d[-+]?\\d{4}")
                        .check(CheckDigits.compact(digits ->
                                LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits.substring(digits.length() - 10))))
                        .score(0.2, 0.95, "personnummer", "personal identity"),
                CodePattern.of("FI_PERSONAL_IDENTITY_CODE", "[0-3]\\d[01]\\d{3}[-+a-fu-y]\\d{3}[0-9a-y]")
                        .check(EuropeanCodes::isFinnish)
                        .score(0.9));
    }

    private static boolean isNif(String code) {
        int last = code.length() - 1;
        return SPANISH_LETTERS.charAt(Integer.parseInt(code.substring(0, last)) % 23) == code.charAt(last);
    }

    private static boolean isNie(String code) {
        return isNif("XYZ".indexOf(code.charAt(0)) + code.substring(1));
    }

    private static boolean isPesel(String digits) {
        int month = Integer.parseInt(digits.substring(2, 4)) % 20;
        int day = Integer.parseInt(digits.substring(4, 6));
        int sum = CheckDigits.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3);
        return month >= 1
                && month <= 12
                && day >= 1
                && day <= 31
                && (10 - sum % 10) % 10 == CheckDigits.digit(digits, 10);
    }

    private static boolean isItalianFiscalCode(String code) {
        int sum = 0;
        for (int i = 0; i < code.length() - 1; i++) {
            int value = Character.digit(code.charAt(i), 36);
            int index = value < 10 ? value : value - 10;
            sum += i % 2 == 0 ? ITALIAN_ODD[index] : index;
        }
        return 'A' + sum % 26 == code.charAt(code.length() - 1);
    }

    private static boolean isNir(String code) {
        long number = Long.parseLong(code.substring(0, 13).replace("2A", "19").replace("2B", "18"));
        return 97 - number % 97 == Long.parseLong(code.substring(13));
    }

    private static boolean isFinnish(String code) {
        int number = Integer.parseInt(code.substring(0, 6) + code.substring(7, 10));
        return FINNISH_MARKS.charAt(number % 31) == Character.toUpperCase(code.charAt(10));
    }
}
