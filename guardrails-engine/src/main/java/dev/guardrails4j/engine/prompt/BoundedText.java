package dev.guardrails4j.engine.prompt;

/** Text that is being written and must not grow without limit, whatever a template does. */
final class BoundedText {

    /** The longest text that a template or a filter may make, in characters. */
    static final int MAX_LENGTH = 4_000_000;

    private final StringBuilder text;

    BoundedText() {
        this(16);
    }

    BoundedText(int expectedLength) {
        text = new StringBuilder(expectedLength);
    }

    /** @throws TemplateException if the text becomes too long */
    BoundedText append(CharSequence more) {
        if (text.length() + (long) more.length() > MAX_LENGTH) {
            throw new TemplateException("the text grows beyond " + MAX_LENGTH + " characters");
        }
        text.append(more);
        return this;
    }

    /** @throws TemplateException if the text becomes too long */
    BoundedText append(char more) {
        return append(String.valueOf(more));
    }

    int length() {
        return text.length();
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
