package dev.guardrails4j.rails.detectors.text;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;

/**
 * Placeholders for what one text holds, each with what it stands for. Drawn by lot: nobody who writes to the model can guess
 * one, and so be given what it stands for. The same value has the same placeholder. For one thread.
 */
public final class Placeholders {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String ALPHABET = "abcdefghijkmnpqrstuvwxyz23456789";
    /** 60 bits. */
    private static final int RANDOM_CHARACTERS = 12;

    private final Map<String, String> byValue = new HashMap<>();
    private final Map<String, String> values = new HashMap<>();

    /** The placeholder for a value: {@code <EMAIL_ADDRESS_k7f3q9mx2wvp>}. */
    public String of(String type, String value) {
        return byValue.computeIfAbsent(value, it -> {
            StringBuilder placeholder = new StringBuilder("<").append(type).append('_');
            for (int i = 0; i < RANDOM_CHARACTERS; i++) {
                placeholder.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
            }
            values.put(placeholder.append('>').toString(), value);
            return placeholder.toString();
        });
    }

    /** What each stands for. */
    public Map<String, String> values() {
        return Map.copyOf(values);
    }
}
