package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.TlsOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
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
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.HttpsSupport;
import org.apache.hc.client5.http.ssl.NoopHostnameVerifier;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.ssl.SSLContextBuilder;

/** Reads the PEM files of TLS options. Problems name the file, never what is in it. */
final class TlsMaterial {

    private static final int MAX_BYTES = 1024 * 1024;
    private static final char[] NO_PASSWORD = {};
    private static final List<String> KEY_ALGORITHMS = List.of("RSA", "EC", "Ed25519");
    private static final Pattern KEY =
            Pattern.compile("-----BEGIN PRIVATE KEY-----([A-Za-z0-9+/=\\s]++)-----END PRIVATE KEY-----");

    private TlsMaterial() {}

    /** @throws RailConfigurationException if a file cannot be read, or is not what it must be */
    static TlsSocketStrategy strategy(TlsOptions options) {
        try {
            SSLContext context = context(options);
            return new DefaultClientTlsStrategy(
                    context,
                    options.verified() ? HttpsSupport.getDefaultHostnameVerifier() : NoopHostnameVerifier.INSTANCE);
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            throw new RailConfigurationException(
                    "its TLS options cannot be used: " + e.getClass().getSimpleName());
        }
    }

    private static SSLContext context(TlsOptions options) throws GeneralSecurityException, IOException {
        SSLContextBuilder builder = SSLContextBuilder.create();
        if (!options.verified()) {
            builder.loadTrustMaterial(null, (chain, authentication) -> true);
        } else if (options.authorities().isPresent()) {
            KeyStore trusted = empty();
            List<Certificate> certificates = certificates(options.authorities().get());
            for (int i = 0; i < certificates.size(); i++) {
                trusted.setCertificateEntry("authority" + i, certificates.get(i));
            }
            builder.loadTrustMaterial(trusted, null);
        }
        if (options.certificate().isPresent() && options.key().isPresent()) {
            KeyStore own = empty();
            own.setKeyEntry(
                    "own",
                    key(options.key().get()),
                    NO_PASSWORD,
                    certificates(options.certificate().get()).toArray(Certificate[]::new));
            builder.loadKeyMaterial(own, NO_PASSWORD);
        }
        return builder.build();
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        return store;
    }

    private static List<Certificate> certificates(Path file) {
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

    private static PrivateKey key(Path file) throws GeneralSecurityException {
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
        return new RailConfigurationException("the file '" + file + "' of its TLS options " + problem);
    }
}
