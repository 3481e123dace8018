package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.security.CodeSigner;
import java.security.GeneralSecurityException;
import java.security.cert.CertPathValidator;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collections;
import java.util.Date;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A jar whose signature is looked at, as {@code jarsigner} makes it. Nothing in it is run.
 *
 * @param path the jar
 */
record SignedJar(Path path) {

    private static final long MAX_BYTES = 4L * 1024 * 1024 * 1024;
    private static final Pattern SIGNATURE_FILES =
            Pattern.compile("META-INF/(MANIFEST\\.MF|SIG-[^/]*|[^/]+\\.(SF|RSA|DSA|EC))", Pattern.CASE_INSENSITIVE);

    /**
     * Why the jar does not count as signed by one of these; empty if it does: every file in it is signed by one of them, or
     * by one whose certificate they have issued.
     */
    Optional<String> complaint(Set<X509Certificate> signers) {
        try (JarFile jar = new JarFile(path.toFile(), true)) {
            long left = MAX_BYTES;
            for (JarEntry entry : Collections.list(jar.entries())) {
                if (entry.isDirectory()
                        || SIGNATURE_FILES.matcher(entry.getName()).matches()) {
                    continue;
                }
                left -= read(jar, entry, left);
                if (left < 0) {
                    return Optional.of("it holds more than " + MAX_BYTES / 1024 / 1024 / 1024 + " GiB");
                }
                Optional<String> complaint = complaint(entry, signers);
                if (complaint.isPresent()) {
                    return complaint;
                }
            }
            return Optional.empty();
        } catch (SecurityException e) {
            return Optional.of("it was changed after it was signed (" + Fault.quote(e.getMessage()) + ")");
        } catch (IOException e) {
            return Optional.of("it is not a jar that can be read (" + Fault.quote(e.getMessage()) + ")");
        }
    }

    private static Optional<String> complaint(JarEntry entry, Set<X509Certificate> accepted) {
        @Nullable CodeSigner @Nullable [] signers = entry.getCodeSigners();
        if (signers == null) {
            return Optional.of("its entry " + Fault.quote(entry.getName())
                    + " is not signed, or with an algorithm that " + "is too weak");
        }
        if (Arrays.stream(signers).anyMatch(signer -> signer != null && isAccepted(signer, accepted))) {
            return Optional.empty();
        }
        return Optional.of("no accepted signer has signed its entry " + Fault.quote(entry.getName()));
    }

    @SuppressWarnings("JavaUtilDate") // What the JDK's certificates and time stamps speak.
    private static boolean isAccepted(CodeSigner signer, Set<X509Certificate> accepted) {
        Date signed = signer.getTimestamp() == null
                ? new Date()
                : signer.getTimestamp().getTimestamp();
        try {
            if (signer.getSignerCertPath().getCertificates().get(0) instanceof X509Certificate own
                    && accepted.contains(own)) {
                own.checkValidity(signed);
                return true;
            }
            PKIXParameters parameters = new PKIXParameters(accepted.stream()
                    .map(certificate -> new TrustAnchor(certificate, null))
                    .collect(Collectors.toSet()));
            parameters.setRevocationEnabled(false);
            parameters.setDate(signed);
            CertPathValidator.getInstance("PKIX").validate(signer.getSignerCertPath(), parameters);
            return true;
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    /** The signature of an entry is known when it has been read to its end. */
    private static long read(JarFile jar, JarEntry entry, long most) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        long length = 0;
        try (InputStream in = jar.getInputStream(entry)) {
            for (int read = in.read(buffer); read >= 0 && length <= most; read = in.read(buffer)) {
                length += read;
            }
        }
        return length;
    }
}
