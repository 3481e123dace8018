package dev.guardrails4j.rails.detectors.text;

import java.util.concurrent.atomic.AtomicLong;

/** A text that counts how many of its characters are read: a measure of work that no other process changes. */
public record CountedText(String text, AtomicLong read) implements CharSequence {

    public CountedText(String text) {
        this(text, new AtomicLong());
    }

    @Override
    public char charAt(int index) {
        read.incrementAndGet();
        return text.charAt(index);
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        read.addAndGet(end - start);
        return text.substring(start, end);
    }

    @Override
    public String toString() {
        return text;
    }
}
