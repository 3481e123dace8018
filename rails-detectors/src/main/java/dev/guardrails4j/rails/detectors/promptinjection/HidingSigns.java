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

    private static final int ASCII = 0x80;

    private static final int CODE = 1;
    private static final int HEX = 2;
    private static final int ALPHANUMERIC = 4;
    private static final int LETTER = 8;
    private static final int ODD = 16;

    /** What each ASCII character may be a sign of. */
    private static final byte[] SIGNS = signs();

    static HidingSigns of(String text) {
        int code = 0;
        int hex = 0;
        int apart = 0;
        int longestCode = 0;
        int longestHex = 0;
        int longestApart = 0;
        int odd = 0;
        int before = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int signs = signs(c);
            code = (signs & CODE) != 0 ? code + 1 : 0;
            hex = (signs & HEX) != 0 ? hex + 1 : 0;
            // Letters and gaps take turns as long as no two letters meet.
            boolean alphanumeric = (signs & ALPHANUMERIC) != 0;
            apart = alphanumeric && (before & ALPHANUMERIC) != 0 ? 0 : apart + (alphanumeric ? 1 : 0);
            odd += ((signs & ODD) != 0 && (before & LETTER) != 0) || ((before & ODD) != 0 && (signs & LETTER) != 0)
                    ? 1
                    : 0;
            longestCode = Math.max(longestCode, code);
            longestHex = Math.max(longestHex, hex);
            longestApart = Math.max(longestApart, apart);
            before = signs;
        }
        return new HidingSigns(longestCode, longestHex, longestApart, odd);
    }

    private static int signs(char c) {
        if (c < ASCII) {
            return SIGNS[c];
        }
        return Character.isLetter(c) ? LETTER : 0;
    }

    private static byte[] signs() {
        byte[] signs = new byte[ASCII];
        for (char c = 0; c < ASCII; c++) {
            boolean digit = c >= '0' && c <= '9';
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean code = digit || letter || "+/-_".indexOf(c) >= 0;
            boolean hex = digit || (letter && (c | 0x20) <= 'f') || " ,;:%&#x\\".indexOf(c) >= 0;
            boolean odd = (c >= '0' && c <= '7') || "@$!|".indexOf(c) >= 0;
            signs[c] = (byte) ((code ? CODE : 0)
                    | (hex ? HEX : 0)
                    | (digit || letter ? ALPHANUMERIC : 0)
                    | (letter ? LETTER : 0)
                    | (odd ? ODD : 0));
        }
        return signs;
    }
}
