package dev.guardrails4j.rails.detectors.pii;

import java.util.List;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.checkdigit.ABANumberCheckDigit;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Numbers that authorities and banks of the United States, Canada and Brazil give out. */
final class AmericanCodes {

    private static final String[] SOCIAL = {"social security", "ssn", "ssns", "social", "taxpayer"};
    private static final String[] LICENCE = {
        "driver", "driving", "license", "licence", "permit", "lic", "dl", "dls", "cdls", "identification"
    };
    private static final Pattern IMPOSSIBLE_SSN = Pattern.compile("000.*|666.*|9.*|.{3}00.*|.{5}0000");

    private AmericanCodes() {}

    static List<CodePattern> all() {
        return List.of(
                CodePattern.of("US_SSN", List.of("-", " ", "."), "\\d{3}", "\\d{2}", "\\d{4}")
                        .check(CheckDigits.compact(AmericanCodes::isSocialSecurity))
                        .score(0.6, 0.9, SOCIAL),
                CodePattern.of("US_SSN", "\\d{9}")
                        .check(AmericanCodes::isSocialSecurity)
                        .score(0.05, 0.6, SOCIAL),
                CodePattern.of(
                                "US_ITIN",
                                List.of("-", " "),
                                "9\\d{2}",
                                "(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])",
                                "\\d{4}")
                        .score(0.5, 0.9, "itin", "individual taxpayer", "tax"),
                CodePattern.of("US_ITIN", "9\\d{2}(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])\\d{4}")
                        .score(0.05, 0.6, "itin", "individual taxpayer", "tax id"),
                CodePattern.of("US_BANK_NUMBER", "\\d{8,17}")
                        .score(0.05, 0.45, "bank", "account", "acct", "checking", "savings", "debit"),
                CodePattern.of("ABA_ROUTING_NUMBER", "[0123678]\\d{3}-?\\d{4}-?\\d")
                        .check(CheckDigits.of(ABANumberCheckDigit.ABAN_CHECK_DIGIT))
                        .score(0.05, 0.9, "aba", "routing", "abarouting", "association", "bankrouting"),
                CodePattern.of("US_PASSPORT", "[a-z]?\\d{8,9}").score(0.05, 0.6, "passport", "travel document"),
                CodePattern.of(
                                "US_DRIVER_LICENSE",
                                "[a-z]\\d{3,6}|[a-z]\\d{5,14}|[a-z]{1,2}[ -]?\\d{3}[ -]?\\d{3}[ -]?\\d{3}|\\d{7,9}"
                                        + "|[a-z]\\d{3}-\\d{4}-\\d{4}|[a-z]{3}\\d{6}|\\d{2}[a-z]{3}\\d{5}")
                        .score(0.05, 0.5, LICENCE),
                CodePattern.of(
                                "US_MBI",
                                "[1-9][ac-hj-km-np-rt-y][0-9ac-hj-km-np-rt-y]\\d-?[ac-hj-km-np-rt-y][0-9ac-hj-km-np-rt-y]\\d"
                                        + "-?[ac-hj-km-np-rt-y]{2}\\d{2}")
                        .score(0.5, 0.9, "mbi", "medicare", "beneficiary"),
                CodePattern.of("MEDICAL_LICENSE", "[a-hj-mpr-ux][a-z9]\\d{7}")
                        .check(AmericanCodes::isDrugEnforcementNumber)
                        .score(0.4, 0.9, "medical", "certificate", "dea", "prescriber", "physician"),
                CodePattern.of("CA_SIN", "[1-79]\\d{2}[ -]?\\d{3}[ -]?\\d{3}")
                        .check(CheckDigits.of(LuhnCheckDigit.LUHN_CHECK_DIGIT))
                        .score(0.1, 0.9, "sin", "social insurance", "assurance sociale"),
                CodePattern.of("BR_CPF", "\\d{3}\\.?\\d{3}\\.?\\d{3}-?\\d{2}")
                        .check(CheckDigits.compact(AmericanCodes::isCpf))
                        .score(0.4, 0.95, "cpf", "cadastro", "contribuinte"),
                CodePattern.of("BR_CNPJ", "\\d{2}\\.?\\d{3}\\.?\\d{3}/?\\d{4}-?\\d{2}")
                        .check(CheckDigits.compact(AmericanCodes::isCnpj))
                        .score(0.4, 0.95, "cnpj", "cadastro", "empresa"));
    }

    static boolean isSocialSecurity(String digits) {
        return !IMPOSSIBLE_SSN.matcher(digits).matches() && !isOneDigit(digits) && !digits.equals("123456789");
    }

    private static boolean isDrugEnforcementNumber(String code) {
        String digits = code.substring(2);
        return CheckDigits.weighted(digits, 1, 2, 1, 2, 1, 2) % 10 == CheckDigits.digit(digits, 6);
    }

    private static boolean isCpf(String digits) {
        return !isOneDigit(digits)
                && CheckDigits.timesTen(digits, 10, 9, 8, 7, 6, 5, 4, 3, 2)
                && CheckDigits.timesTen(digits, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2);
    }

    private static boolean isCnpj(String digits) {
        return !isOneDigit(digits)
                && CheckDigits.timesTen(digits, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2)
                && CheckDigits.timesTen(digits, 6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2);
    }

    private static boolean isOneDigit(String digits) {
        return digits.chars().distinct().count() == 1;
    }
}
