package dev.guardrails4j.server.access;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * The SHA-256 hash of an API key, which is all that the server keeps of it. A slow hash, as for passwords, would protect
 * nothing more: a key has 256 random bits, and whoever has its hash can try no share of them that counts. Immutable.
 */
public final class KeyHash {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final byte[] digest;

    private KeyHash(byte[] digest) {
        this.digest = digest;
    }

    /** The hash of a key. */
    public static KeyHash of(String key) {
        try {
            return new KeyHash(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /**
     * Reads what {@link #toString} writes.
     *
     * @throws IllegalArgumentException if it is something else; the message does not repeat it, for it may be a key
     */
    public static KeyHash parse(String text) {
        if (!HEX.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "must be a hash of 64 hexadecimal digits in lower case, as 'guardrails keys hash' prints it; never the key itself");
        }
        return new KeyHash(HexFormat.of().parseHex(text));
    }

    /** Whether it is the same, in a time that does not tell where two differ. */
    boolean matches(KeyHash other) {
        return MessageDigest.isEqual(digest, other.digest);
    }

    /** What hashes are found by. That it is compared in a time that tells much tells nothing: nobody can aim a hash. */
    long index() {
        return ByteBuffer.wrap(digest).getLong();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof KeyHash hash && matches(hash);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(index());
    }

    /** 64 hexadecimal digits. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest);
    }
}
