package dev.guardrails4j.server.tls;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.config.PemFile;
import dev.guardrails4j.engine.watch.FileStamp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the server proves itself with, and whom it believes. Immutable; the files are read when they are asked for.
 *
 * @param source where its certificate and key are
 * @param clientAuthorities PEM certificates of those who vouch for clients; without, clients need no certificate
 */
public record TlsSettings(Source source, Optional<Path> clientAuthorities) {

    private static final char[] NO_PASSWORD = {};

    /** Where a certificate and its key are. */
    public sealed interface Source {

        /** The files. */
        List<Path> files();

        /** The password of the key in the store that {@link TlsSettings#identity} makes. */
        char[] password();
    }

    /**
     * PEM files.
     *
     * @param certificate the chain, the server's own certificate first
     * @param key in PKCS #8, without a password
     */
    public record Pem(Path certificate, Path key) implements Source {

        @Override
        public List<Path> files() {
            return List.of(certificate, key);
        }

        @Override
        public char[] password() {
            return NO_PASSWORD.clone();
        }
    }

    /**
     * A key store, PKCS #12 or JKS.
     *
     * @param file the key store
     * @param secret its password, and that of its key
     */
    public record Store(Path file, String secret) implements Source {

        @Override
        public List<Path> files() {
            return List.of(file);
        }

        @Override
        public char[] password() {
            return secret.toCharArray();
        }

        @Override
        public String toString() {
            return file.toString();
        }
    }

    /**
     * The certificate and key as the files have them now.
     *
     * @throws RailConfigurationException if they cannot be used; it names the file
     */
    public KeyStore identity() {
        try {
            return source instanceof Pem pem ? pem(pem) : store((Store) source);
        } catch (GeneralSecurityException | IOException e) {
            throw new RailConfigurationException(
                    "the file '" + source.files().get(0)
                            + "' cannot be used for TLS: it is no key store with this password, or its key does not belong to its certificate");
        }
    }

    private static KeyStore pem(Pem pem) throws GeneralSecurityException, IOException {
        List<Certificate> chain = PemFile.certificates(pem.certificate());
        KeyStore store = empty();
        store.setKeyEntry("server", PemFile.key(pem.key()), NO_PASSWORD, chain.toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore store(Store file) throws GeneralSecurityException, IOException {
        try (InputStream content = Files.newInputStream(file.file())) {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(content, file.password());
            return store;
        }
    }

    /** Those who vouch for clients, as the file has them now; fails as {@link #identity} does. */
    public Optional<KeyStore> authorities() {
        return clientAuthorities.map(file -> {
            try {
                KeyStore store = empty();
                List<Certificate> certificates = PemFile.certificates(file);
                for (int i = 0; i < certificates.size(); i++) {
                    store.setCertificateEntry("authority" + i, certificates.get(i));
                }
                return store;
            } catch (GeneralSecurityException | IOException e) {
                throw new RailConfigurationException("the file '" + file + "' cannot be used for TLS");
            }
        });
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        return store;
    }

    /** What can be seen of the files without reading them. */
    public Map<String, Object> stamps() {
        Map<String, Object> stamps = new TreeMap<>();
        source.files().forEach(file -> stamps.put(file.toString(), FileStamp.of(file)));
        clientAuthorities.ifPresent(file -> stamps.put(file.toString(), FileStamp.of(file)));
        return stamps;
    }
}
