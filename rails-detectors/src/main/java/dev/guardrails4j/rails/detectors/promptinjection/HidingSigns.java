package dev.guardrails4j.rails.detectors.promptinjection;

/**
 * What of a text's look says that it may hide another: found in one pass, so that nothing is searched for where nothing can be.
 *
 * @param codeRun the longest run of characters of base64
 * @param hexRun the longest run of hexadecimal digits and what separates them
 * @param apartRun the longest run of single letters set apart
 * @param oddLetters how many digits and signs stand beside letters, as in leetspeak
 */
record HidingSigns(int codeRun, int hexRun, int apartRun, int oddLetters) {

    static HidingSigns of(String text) {
        int code = 0;
        int hex = 0;
        int apart = 0;
        int longestCode = 0;
        int longestHex = 0;
        int longestApart = 0;
        int odd = 0;
        char before = ' ';
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean alphanumeric = isAlphanumeric(c);
            code = alphanumeric || c == '+' || c == '/' || c == '-' || c == '_' ? code + 1 : 0;
            hex = isHexSign(c) ? hex + 1 : 0;
            // Letters and gaps take turns as long as no two letters meet.
            apart = alphanumeric && isAlphanumeric(before) ? 0 : apart + (alphanumeric ? 1 : 0);
            odd += (isOdd(c) && Character.isLetter(before)) || (isOdd(before) && Character.isLetter(c)) ? 1 : 0;
            longestCode = Math.max(longestCode, code);
            longestHex = Math.max(longestHex, hex);
            longestApart = Math.max(longestApart, apart);
            before = c;
        }
        return new HidingSigns(longestCode, longestHex, longestApart, odd);
    }

    private static boolean isAlphanumeric(char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    }

    private static boolean isHexSign(char c) {
        return (c >= '0' && c <= '9')
                || (c >= 'a' && c <= 'f')
                || (c >= 'A' && c <= 'F')
                || " ,;:%&#x\\".indexOf(c) >= 0;
    }

    private static boolean isOdd(char c) {
        return (c >= '0' && c <= '7') || c == '@' || c == '$' || c == '!' || c == '|';
    }
}
