package dev.guardrails4j.server.configs;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigInteger;
import java.util.UUID;

/** Makes ids of configurations, contract "checks" 8.1: {@code "guardrail-config-"} and 128 bits in base 58. */
final class ConfigIds {

    private static final String PREFIX = "guardrail-config-";
    private static final String DIGITS = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final BigInteger BASE = BigInteger.valueOf(DIGITS.length());
    private static final int LENGTH = 22;

    private ConfigIds() {}

    /** One that nothing else has. */
    static String random() {
        return of(UUID.randomUUID());
    }

    /** The one of a configuration that has no other: always the same. */
    static String of(String reference) {
        return of(UUID.nameUUIDFromBytes(reference.getBytes(UTF_8)));
    }

    private static String of(UUID bits) {
        BigInteger rest = new BigInteger(bits.toString().replace("-", ""), 16);
        StringBuilder digits = new StringBuilder();
        while (digits.length() < LENGTH) {
            digits.append(DIGITS.charAt(rest.mod(BASE).intValue()));
            rest = rest.divide(BASE);
        }
        return PREFIX + digits.reverse();
    }
}
