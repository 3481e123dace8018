package dev.guardrails4j.rails.detectors.pii;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.commons.validator.routines.IBANValidator;

/** Cards, accounts and wallets of any country. */
final class FinancialCodes {

    /** The number ranges of the schemes, ISO/IEC 7812, with the lengths that each issues. */
    private static final Pattern ISSUED = Pattern.compile(
            "4(?:\\d{12}|\\d{15}|\\d{18})" // Visa
                    + "|(?:5[1-5]\\d{2}|222[1-9]|22[3-9]\\d|2[3-6]\\d{2}|27[01]\\d|2720)\\d{12}" // Mastercard
                    + "|3[47]\\d{13}" // American Express
                    + "|3(?:0[0-5]|[68]\\d|09)\\d{11,16}" // Diners Club
                    + "|6(?:011|5\\d{2}|4[4-9]\\d)\\d{12,15}" // Discover
                    + "|35(?:2[89]|[3-8]\\d)\\d{12,15}" // JCB
                    + "|62\\d{14,17}" // UnionPay
                    + "|220[0-4]\\d{12,15}" // Mir
                    + "|(?:5018|5020|5038|5[678]\\d{2}|6304|6390|67\\d{2})\\d{8,15}" // Maestro
                    + "|(?:60|81|82|508)\\d{13,14}"); // RuPay

    private static final Set<String> CARD_WORDS = Set.of(
            "card",
            "credit",
            "debit",
            "visa",
            "mastercard",
            "amex",
            "american express",
            "discover",
            "jcb",
            "diners",
            "maestro",
            "karte",
            "carte",
            "tarjeta",
            "carta",
            "cartao");

    private FinancialCodes() {}

    static List<CodePattern> all() {
        return List.of(
                CodePattern.of("CREDIT_CARD", "[2-68](?:[ -]?\\d){11,18}")
                        .check(FinancialCodes::isCard)
                        .score(0.85, 1, CARD_WORDS.toArray(String[]::new)),
                CodePattern.of("IBAN_CODE", "[a-z]{2}\\d{2}(?:[ -]?[a-z0-9]){11,30}")
                        .check(CheckDigits.compact(IBANValidator.getInstance()::isValid))
                        .score(1),
                CodePattern.of("CRYPTO", "bc1[a-z0-9]{8,87}")
                        .check(CryptoAddresses::isBech32)
                        .score(1),
                CodePattern.of("CRYPTO", "[13][a-z1-9]{25,34}")
                        .check(CryptoAddresses::isBase58)
                        .score(1),
                CodePattern.of("CRYPTO", "0x[0-9a-f]{40}").score(0.7, 1, "wallet", "eth", "address", "crypto", "usdt"));
    }

    /** The check digit comes first: it costs no copy, and nine of ten numbers that are no card's fail it. */
    static boolean isCard(String code) {
        return isLuhn(code)
                && ISSUED.matcher(CheckDigits.withoutSeparators(code)).matches();
    }

    private static boolean isLuhn(String code) {
        int sum = 0;
        boolean doubled = false;
        for (int i = code.length() - 1; i >= 0; i--) {
            if (CheckDigits.isDigit(code.charAt(i))) {
                int digit = CheckDigits.digit(code, i) * (doubled ? 2 : 1);
                sum += digit > 9 ? digit - 9 : digit;
                doubled = !doubled;
            }
        }
        return sum % 10 == 0;
    }
}
