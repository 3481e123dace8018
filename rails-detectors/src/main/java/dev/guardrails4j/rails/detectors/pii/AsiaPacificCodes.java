package dev.guardrails4j.rails.detectors.pii;

import java.util.List;
import org.apache.commons.validator.routines.checkdigit.VerhoeffCheckDigit;

/** Numbers that authorities of countries around the Indian and the Pacific Ocean give out. */
final class AsiaPacificCodes {

    private AsiaPacificCodes() {}

    static List<CodePattern> all() {
        return List.of(
                CodePattern.of("AU_ABN", "\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}")
                        .check(CheckDigits.compact(AsiaPacificCodes::isBusinessNumber))
                        .score(0.25, 0.95, "abn", "australian business"),
                CodePattern.of("AU_ACN", "\\d{3} ?\\d{3} ?\\d{3}")
                        .check(CheckDigits.compact(AsiaPacificCodes::isCompanyNumber))
                        .score(0.05, 0.9, "acn", "australian company"),
                CodePattern.of("AU_TFN", "\\d{3} ?\\d{3} ?\\d{3}")
                        .check(CheckDigits.compact(
                                digits -> CheckDigits.weighted(digits, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0))
                        .score(0.1, 0.9, "tfn", "tax file"),
                CodePattern.of("AU_MEDICARE", "[2-6]\\d{3} ?\\d{5} ?\\d")
                        .check(CheckDigits.compact(digits -> CheckDigits.weighted(digits, 1, 3, 7, 9, 1, 3, 7, 9) % 10
                                == CheckDigits.digit(digits, 8)))
                        .score(0.1, 0.9, "medicare"),
                CodePattern.of("IN_PAN", "[a-z]{3}[abcfghjlpt][a-z]\\d{4}[a-z]")
                        .score(0.6, 0.95, "pan", "permanent account"),
                CodePattern.of("IN_AADHAAR", List.of("", " ", "-"), "[2-9]\\d{3}", "\\d{4}", "\\d{4}")
                        .check(CheckDigits.of(VerhoeffCheckDigit.VERHOEFF_CHECK_DIGIT))
                        .score(0.3, 0.95, "aadhaar", "aadhar", "uidai"),
                CodePattern.of("IN_VOTER", "[a-z]{3}\\d{7}").score(0.05, 0.7, "voter", "epic", "elector"),
                CodePattern.of("IN_PASSPORT", "[a-pr-wy][1-9]\\d ?\\d{4}[1-9]").score(0.05, 0.6, "passport"),
                CodePattern.of("IN_VEHICLE_REGISTRATION", "[a-z]{2}[ -]?\\d{1,2}[ -]?[a-z]{1,2}[ -]?\\d{4}")
                        .score(0.15, 0.7, "vehicle", "registration", "rto", "plate"),
                CodePattern.of("SG_NRIC_FIN", "[stfgm]\\d{7}[a-z]")
                        .check(CheckDigits.compact(AsiaPacificCodes::isSingaporean))
                        .score(0.7, 0.95, "nric", "fin", "identity card"),
                CodePattern.of("SG_UEN", "\\d{8,9}[a-z]|[tsr]\\d{2}[a-z]{2}\\d{4}[a-z]")
                        .score(0.1, 0.7, "uen", "unique entity"),
                CodePattern.of("KR_RRN", "\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])-?[1-8]\\d{6}")
                        .check(CheckDigits.compact(AsiaPacificCodes::isKorean))
                        .score(0.5, 0.95, "rrn", "resident registration", "주민등록"),
                CodePattern.of("TH_TNIN", "[1-8]-?\\d{4}-?\\d{5}-?\\d{2}-?\\d")
                        .check(CheckDigits.compact(AsiaPacificCodes::isThai))
                        .score(0.3, 0.95, "national id", "thai", "บัตรประชาชน"));
    }

    private static boolean isBusinessNumber(String digits) {
        int first = CheckDigits.digit(digits, 0) - 1;
        return (first * 10 + CheckDigits.weighted(digits, 0, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19)) % 89 == 0;
    }

    private static boolean isCompanyNumber(String digits) {
        return (10 - CheckDigits.weighted(digits, 8, 7, 6, 5, 4, 3, 2, 1) % 10) % 10 == CheckDigits.digit(digits, 8);
    }

    private static boolean isSingaporean(String code) {
        char series = code.charAt(0);
        int sum = CheckDigits.weighted(code.substring(1), 2, 7, 6, 5, 4, 3, 2);
        String marks = "ST".indexOf(series) >= 0 ? "JZIHGFEDCBA" : series == 'M' ? "KLJNPQRTUWX" : "XWUTRQPNMLK";
        int offset = series == 'T' || series == 'G' ? 4 : series == 'M' ? 3 : 0;
        int place = (sum + offset) % 11;
        return marks.charAt(series == 'M' ? 10 - place : place) == code.charAt(code.length() - 1);
    }

    private static boolean isKorean(String digits) {
        return (11 - CheckDigits.weighted(digits, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5) % 11) % 10
                == CheckDigits.digit(digits, 12);
    }

    private static boolean isThai(String digits) {
        return (11 - CheckDigits.weighted(digits, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) % 11) % 10
                == CheckDigits.digit(digits, 12);
    }
}
