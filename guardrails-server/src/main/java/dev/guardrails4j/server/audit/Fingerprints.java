package dev.guardrails4j.server.audit;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The hashes of an audit log: SHA-256, or with a secret HMAC-SHA-256, so that nobody without it can find short texts by trying,
 * or write another log that holds together. Safe for use by many threads.
 */
public final class Fingerprints {

    /** What is before the first line. */
    static final String NOTHING = "0".repeat(64);

    private static final String HMAC = "HmacSHA256";

    private final Optional<SecretKeySpec> secret;

    /** @param secret empty for plain SHA-256 */
    public Fingerprints(Optional<String> secret) {
        this.secret = secret.map(text -> new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), HMAC));
    }

    /** 64 hexadecimal digits. */
    String of(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        try {
            if (secret.isPresent()) {
                Mac mac = Mac.getInstance(HMAC);
                mac.init(secret.get());
                return HexFormat.of().formatHex(mac.doFinal(bytes));
            }
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has SHA-256 and " + HMAC, e);
        }
    }
}
