package dev.guardrails4j.rails.detectors.yara;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Cuts rules into tokens. For one thread. */
final class YaraLexer {

    private static final String TWO_CHARACTER_SIGNS = "<=>===!=..";

    private final String source;
    private int at;
    private int line = 1;

    YaraLexer(String source) {
        this.source = source;
    }

    /** The next token; one of kind END at the end, again and again. */
    YaraToken next() throws YaraException {
        skipBlanks();
        if (at == source.length()) {
            return token(YaraToken.Kind.END, "");
        }
        char c = source.charAt(at);
        if (c == '"') {
            return text();
        }
        if (c == '/') {
            return regex();
        }
        if (c == '$' || c == '#') {
            int start = at++;
            skipName();
            if (at < source.length() && source.charAt(at) == '*') {
                at++;
            }
            return token(YaraToken.Kind.STRING_NAME, source.substring(start, at));
        }
        if (Character.isDigit(c)) {
            return number();
        }
        if (isNamePart(c)) {
            int start = at;
            skipName();
            return token(YaraToken.Kind.NAME, source.substring(start, at));
        }
        int length = at + 1 < source.length() && TWO_CHARACTER_SIGNS.contains(source.substring(at, at + 2)) ? 2 : 1;
        at += length;
        return token(YaraToken.Kind.SIGN, source.substring(at - length, at));
    }

    /** What stands between here and the brace that closes a hex string, comments taken out. */
    String hexBody() throws YaraException {
        int startLine = line;
        StringBuilder body = new StringBuilder();
        while (true) {
            skipBlanks();
            if (at == source.length()) {
                throw new YaraException(startLine, "a hex string does not end");
            }
            char c = source.charAt(at++);
            if (c == '}') {
                return body.toString();
            }
            body.append(c);
        }
    }

    private void skipBlanks() throws YaraException {
        while (at < source.length()) {
            if (source.startsWith("//", at)) {
                at = endOr(source.indexOf('\n', at));
            } else if (source.startsWith("/*", at)) {
                int end = source.indexOf("*/", at + 2);
                if (end < 0) {
                    throw new YaraException(line, "a comment does not end");
                }
                line += (int)
                        source.substring(at, end).chars().filter(c -> c == '\n').count();
                at = end + 2;
            } else if (Character.isWhitespace(source.charAt(at))) {
                if (source.charAt(at++) == '\n') {
                    line++;
                }
            } else {
                return;
            }
        }
    }

    private int endOr(int index) {
        return index < 0 ? source.length() : index;
    }

    private YaraToken number() throws YaraException {
        int start = at;
        while (at < source.length() && Character.isLetterOrDigit(source.charAt(at))) {
            at++;
        }
        String digits = source.substring(start, at);
        return decimal(digits)
                .map(value -> token(YaraToken.Kind.NUMBER, value))
                .orElseThrow(() -> new YaraException(line, "'" + digits + "' is not a number that is known here"));
    }

    private static Optional<String> decimal(String digits) {
        try {
            return Optional.of(String.valueOf(Integer.decode(digits.startsWith("0x") ? digits : strip(digits))));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Without leading zeros, which Java would take for octal. */
    private static String strip(String digits) {
        String stripped = digits.replaceFirst("^0+(?=.)", "");
        return stripped.isEmpty() ? "0" : stripped;
    }

    /** A string literal; each character of it stands for one byte. */
    private YaraToken text() throws YaraException {
        int start = line;
        StringBuilder text = new StringBuilder();
        at++;
        while (true) {
            if (at == source.length() || source.charAt(at) == '\n') {
                throw new YaraException(start, "a string does not end");
            }
            char c = source.charAt(at++);
            if (c == '"') {
                return new YaraToken(YaraToken.Kind.TEXT, text.toString(), "", start);
            }
            text.append(c == '\\' ? escaped() : bytes(c));
        }
    }

    private String escaped() throws YaraException {
        char c = at < source.length() ? source.charAt(at++) : ' ';
        return switch (c) {
            case 'n' -> "\n";
            case 't' -> "\t";
            case 'r' -> "\r";
            case '"', '\\' -> String.valueOf(c);
            case 'x' -> hexEscape();
            default -> throw unknownEscape();
        };
    }

    private String hexEscape() throws YaraException {
        if (at + 2 > source.length() || !source.substring(at, at + 2).matches("[0-9A-Fa-f]{2}")) {
            throw unknownEscape();
        }
        at += 2;
        return String.valueOf((char) Integer.parseInt(source.substring(at - 2, at), 16));
    }

    private YaraException unknownEscape() {
        return new YaraException(line, "an unknown escape in a string; known are \\\" \\\\ \\n \\r \\t \\xHH");
    }

    private YaraToken regex() throws YaraException {
        int start = ++at;
        boolean inClass = false;
        while (at < source.length() && source.charAt(at) != '\n') {
            char c = source.charAt(at);
            if (c == '\\') {
                at++;
            } else if (c == '[') {
                inClass = true;
            } else if (c == ']') {
                inClass = false;
            } else if (c == '/' && !inClass) {
                String body = source.substring(start, at++);
                int flags = at;
                while (at < source.length() && Character.isLetter(source.charAt(at))) {
                    at++;
                }
                return new YaraToken(
                        YaraToken.Kind.REGEX, bytes(body.replace("\\/", "/")), source.substring(flags, at), line);
            }
            at++;
        }
        throw new YaraException(line, "a regular expression does not end");
    }

    private static String bytes(char c) {
        return c < 0x80 ? String.valueOf(c) : bytes(String.valueOf(c));
    }

    private static String bytes(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    private void skipName() {
        while (at < source.length() && isNamePart(source.charAt(at))) {
            at++;
        }
    }

    private static boolean isNamePart(char c) {
        return c == '_' || (c < 0x80 && Character.isLetterOrDigit(c));
    }

    private YaraToken token(YaraToken.Kind kind, String text) {
        return new YaraToken(kind, text, "", line);
    }
}
