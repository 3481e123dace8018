package dev.guardrails4j.api;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * How a server is trusted over TLS, and how it may know who asks. Files are PEM.
 *
 * @param verified whether the server must prove who it is; false only for trials
 * @param authorities the certificates to trust in the place of the platform's
 * @param certificate the certificate to show to the server, with those it depends on; there if {@code key} is
 * @param key the key of that certificate: PKCS #8, not encrypted
 * @since 0.1
 */
public record TlsOptions(boolean verified, Optional<Path> authorities, Optional<Path> certificate, Optional<Path> key) {

    /** The platform's certificates are trusted, and none is shown. */
    public static final TlsOptions DEFAULT = new TlsOptions(true, Optional.empty(), Optional.empty(), Optional.empty());

    public TlsOptions {
        Objects.requireNonNull(authorities, "authorities is null");
        Objects.requireNonNull(certificate, "certificate is null");
        Objects.requireNonNull(key, "key is null");
    }
}
