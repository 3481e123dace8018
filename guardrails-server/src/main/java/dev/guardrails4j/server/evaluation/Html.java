package dev.guardrails4j.server.evaluation;

/** Writes HTML in which every text, however hostile, is only text. */
final class Html {

    private final StringBuilder written = new StringBuilder();

    /** Markup of our own, as it is. Never a text that comes from elsewhere. */
    Html raw(String markup) {
        written.append(markup);
        return this;
    }

    /** A text, as content of an element; not for attributes. */
    Html text(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> written.append("&amp;");
                case '<' -> written.append("&lt;");
                case '>' -> written.append("&gt;");
                default -> append(c, text, i);
            }
        }
        return this;
    }

    /** An element that holds a text. */
    Html element(String name, String text) {
        return raw("<" + name + ">").text(text).raw("</" + name + ">");
    }

    /**
     * What cannot be seen is spelt out: control characters, which HTML forbids, and characters that change the direction
     * of the text around them or have no width, which are used to hide attacks.
     */
    private void append(char c, String text, int at) {
        if (c == '\n' || c == '\t') {
            written.append(c);
        } else if (isInvisible(c) || isHalfACharacter(c, text, at)) {
            written.append("<i>U+%04X</i>".formatted((int) c));
        } else {
            written.append(c);
        }
    }

    private static boolean isInvisible(char c) {
        int type = Character.getType(c);
        return type == Character.CONTROL
                || type == Character.FORMAT
                || type == Character.LINE_SEPARATOR
                || type == Character.PARAGRAPH_SEPARATOR
                || c == 0xFFFE
                || c == 0xFFFF;
    }

    private static boolean isHalfACharacter(char c, String text, int at) {
        return Character.isHighSurrogate(c)
                ? at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1))
                : Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    @Override
    public String toString() {
        return written.toString();
    }
}
