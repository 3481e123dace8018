package dev.guardrails4j.rails.detectors.pii;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;

/** Addresses of Bitcoin wallets, by their checksums: base58check, and BIP 173 and 350. */
final class CryptoAddresses {

    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32_END = 1;
    private static final int BECH32M_END = 0x2bc830a3;

    /** A version, a hash of 20 bytes, and a checksum. */
    private static final int BASE58_BYTES = 25;

    private static final int CHECKSUM_BYTES = 4;

    private CryptoAddresses() {}

    static boolean isBase58(String address) {
        BigInteger number = BigInteger.ZERO;
        for (int i = 0; i < address.length(); i++) {
            int digit = BASE58.indexOf(address.charAt(i));
            if (digit < 0) {
                return false;
            }
            number = number.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
        }
        byte[] significant = number.toByteArray();
        if (significant.length > BASE58_BYTES) {
            return false;
        }
        byte[] decoded = new byte[BASE58_BYTES];
        System.arraycopy(significant, 0, decoded, BASE58_BYTES - significant.length, significant.length);
        int payload = BASE58_BYTES - CHECKSUM_BYTES;
        byte[] hash = sha256(sha256(Arrays.copyOf(decoded, payload)));
        return Arrays.equals(hash, 0, CHECKSUM_BYTES, decoded, payload, BASE58_BYTES);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    static boolean isBech32(String address) {
        String lower = address.toLowerCase(Locale.ROOT);
        if (!lower.equals(address) && !address.toUpperCase(Locale.ROOT).equals(address)) {
            return false;
        }
        int checksum = 1;
        for (int part : new int[] {'b' >> 5, 'c' >> 5, 0, 'b' & 31, 'c' & 31}) {
            checksum = step(checksum, part);
        }
        for (int i = "bc1".length(); i < lower.length(); i++) {
            int value = BECH32.indexOf(lower.charAt(i));
            if (value < 0) {
                return false;
            }
            checksum = step(checksum, value);
        }
        return checksum == BECH32_END || checksum == BECH32M_END;
    }

    private static int step(int checksum, int value) {
        int next = ((checksum & 0x1ffffff) << 5) ^ value;
        for (int i = 0; i < GENERATOR.length; i++) {
            next ^= ((checksum >> (25 + i)) & 1) == 0 ? 0 : GENERATOR[i];
        }
        return next;
    }
}
