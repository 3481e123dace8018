package dev.guardrails4j.engine.model;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stands for values in the keys of caches, which so hold neither texts nor secrets: SHA-256, and equal only for values that
 * are equal in every character and type.
 */
public final class Fingerprint {

    private final MessageDigest digest;

    private Fingerprint(MessageDigest digest) {
        this.digest = digest;
    }

    /**
     * The fingerprint of these values in this order.
     *
     * @param values JSON-like: strings, numbers, booleans, lists and maps of such, null
     * @return 64 hexadecimal digits
     */
    public static String of(@Nullable Object... values) {
        try {
            Fingerprint fingerprint = new Fingerprint(MessageDigest.getInstance("SHA-256"));
            for (Object value : values) {
                fingerprint.add(value);
            }
            return HexFormat.of().formatHex(fingerprint.digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Each value with its type and length before it, so that none can run into the next. */
    private void add(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            begin('m', map.size());
            map.forEach((key, item) -> {
                add(key);
                add(item);
            });
        } else if (value instanceof List<?> list) {
            begin('l', list.size());
            list.forEach(this::add);
        } else if (value instanceof String text) {
            text('s', text);
        } else {
            text('o', value == null ? "null" : value.getClass().getName() + value);
        }
    }

    private void text(char type, String text) {
        begin(type, text.length());
        // Not encoded: encoders replace what is no character, such as half of a surrogate pair.
        ByteBuffer characters = ByteBuffer.allocate(text.length() * Character.BYTES);
        characters.asCharBuffer().put(text);
        digest.update(characters);
    }

    private void begin(char type, int size) {
        digest.update(ByteBuffer.allocate(Character.BYTES + Integer.BYTES)
                .putChar(type)
                .putInt(size)
                .flip());
    }
}
