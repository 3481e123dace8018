package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads certificates and keys in PEM. Problems name the file, never what is in it. */
public final class PemFile {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----");

    private PemFile() {}

    /**
     * The certificates of a file, in its order, at least one.
     *
     * @throws RailConfigurationException if there are none, or the file cannot be read
     */
    public static List<Certificate> certificates(Path file) {
        try {
            List<Certificate> certificates = new ArrayList<>(
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(read(file))));
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (GeneralSecurityException e) {
            throw wrong(file, "holds no certificates in PEM");
        }
        throw wrong(file, "holds no certificates in PEM");
    }

    /**
     * The key of a file.
     *
     * @throws RailConfigurationException if it is none of PKCS #8, or needs a password, or the file cannot be read
     */
    public static PrivateKey key(Path file) throws GeneralSecurityException {
        Matcher pem = KEY.matcher(new String(read(file), StandardCharsets.US_ASCII));
        if (pem.find()) {
            PKCS8EncodedKeySpec encoded =
                    new PKCS8EncodedKeySpec(Base64.getMimeDecoder().decode(pem.group(1)));
            for (String algorithm : KEY_ALGORITHMS) {
                Optional<PrivateKey> key = key(algorithm, encoded);
                if (key.isPresent()) {
                    return key.get();
                }
            }
        }
        throw wrong(
                file,
                "holds no key of PKCS #8 in PEM without a password; openssl pkcs8 -topk8 -nocrypt makes one of another");
    }

    /** The key, if it is one of this algorithm: the encoding says which it is, and each factory reads its own. */
    private static Optional<PrivateKey> key(String algorithm, PKCS8EncodedKeySpec encoded)
            throws GeneralSecurityException {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(encoded));
        } catch (InvalidKeySpecException otherAlgorithm) {
            return Optional.empty();
        }
    }

    private static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw wrong(file, "is longer than " + MAX_BYTES + " bytes");
            }
            return bytes;
        } catch (IOException e) {
            throw wrong(file, "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private static RailConfigurationException wrong(Path file, String problem) {
        return new RailConfigurationException("the file '" + file + "' " + problem);
    }
}
