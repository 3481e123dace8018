package dev.guardrails4j.engine.config;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A configuration that came over HTTP. Not to be changed.
 *
 * @param name what stands for it in locations, and for its id: {@code "guardrails.config"}
 * @param data the configuration
 * @param ignoresUnknownKeys whether a key of its topmost level that means nothing here, and is like none that does, is passed
 *     over: contract "checks" 6.2
 * @param fingerprint what it is told apart by from all others: a hash of the rest
 */
public record CallerConfig(String name, JsonNode data, boolean ignoresUnknownKeys, String fingerprint) {

    private static final String INLINE = "guardrails.config";

    /** One that a request carries. */
    public static CallerConfig inline(JsonNode data) {
        return new CallerConfig(INLINE, data, true, hash(INLINE, data));
    }

    /**
     * One that is, or is to be, stored.
     *
     * @param reference {@code "workspace/name"}
     */
    public static CallerConfig stored(String reference, JsonNode data) {
        return new CallerConfig(reference, data, false, hash(reference, data));
    }

    private static String hash(String name, JsonNode data) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(name.getBytes(UTF_8));
            digest.update((byte) 0);
            return HexFormat.of().formatHex(digest.digest(data.toString().getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
