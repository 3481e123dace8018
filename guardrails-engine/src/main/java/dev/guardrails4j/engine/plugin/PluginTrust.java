package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Which jars an operator lets in: those whose SHA-256 is on a list, and those that a known signer has signed. A jar that is
 * neither is refused before anything in it is run. Immutable; safe for use by many threads.
 *
 * @param sums the SHA-256 sums of jars, in lower case; empty if there is no list
 * @param signers certificates of signers, or of who vouches for signers; empty if signatures are not asked for
 */
public record PluginTrust(Optional<Set<String>> sums, Set<X509Certificate> signers) {

    /** Lets every jar in. */
    public static final PluginTrust EVERYBODY = new PluginTrust(Optional.empty(), Set.of());

    private static final int SUM_LENGTH = 64;

    public PluginTrust {
        sums = sums.map(Set::copyOf);
        signers = Set.copyOf(signers);
    }

    /**
     * A SHA-256 sum as an operator writes it, perhaps with {@code sha256:} before it.
     *
     * @throws IllegalArgumentException if it is none
     */
    public static String sum(String text) {
        String sum = text.strip().toLowerCase(Locale.ROOT).replaceFirst("^sha256:", "");
        if (sum.length() != SUM_LENGTH || !sum.chars().allMatch(digit -> Character.digit(digit, 16) >= 0)) {
            throw new IllegalArgumentException("must be a SHA-256 sum of 64 hexadecimal digits");
        }
        return sum;
    }

    /**
     * The certificates in a key store (PKCS #12 or JKS).
     *
     * @param password empty if it has none
     * @throws IllegalArgumentException if it cannot be read, or holds none
     */
    public static Set<X509Certificate> signersIn(Path keyStore, Optional<String> password) {
        if (!Files.isRegularFile(keyStore)) {
            throw new IllegalArgumentException("names a key store that is not there");
        }
        try {
            KeyStore store = KeyStore.getInstance(
                    keyStore.toFile(), password.map(String::toCharArray).orElse(new char[0]));
            Set<X509Certificate> certificates = new HashSet<>();
            for (String alias : Collections.list(store.aliases())) {
                if (store.getCertificate(alias) instanceof X509Certificate certificate) {
                    certificates.add(certificate);
                }
            }
            if (certificates.isEmpty()) {
                throw new IllegalArgumentException("names a key store without certificates");
            }
            return Set.copyOf(certificates);
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalArgumentException(
                    "names a key store that cannot be read (is it PKCS #12 or JKS, and the password right?)", e);
        }
    }

    /** Whether every jar is let in. */
    public boolean isEverybody() {
        return sums.isEmpty() && signers.isEmpty();
    }

    /** Why a jar is not let in; empty if it is. */
    Optional<String> complaint(PluginJar jar) {
        if (isEverybody() || sums.orElse(Set.of()).contains(jar.sha256())) {
            return Optional.empty();
        }
        if (signers.isEmpty()) {
            return Optional.of(
                    jar.name() + " is not on the allow-list; if you trust it, add its SHA-256 " + jar.sha256());
        }
        return new SignedJar(jar.copy())
                .complaint(signers)
                .map(complaint -> jar.name() + " is not let in: "
                        + complaint
                        + (sums.isPresent() ? ", and its SHA-256 " + jar.sha256() + " is not on the allow-list" : ""));
    }
}
