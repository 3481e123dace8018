package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;

/**
 * Copies of jars under the SHA-256 of their bytes. Classes are loaded from here, so that a jar overwritten in its plug-in
 * folder breaks nothing that runs, and what was hashed is what is loaded. Copies are kept for the next start.
 */
final class PrivateCopies {

    static final long MAX_JAR_BYTES = 512L * 1024 * 1024;

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");

    private final Path folder;

    PrivateCopies(Path folder) {
        this.folder = folder;
    }

    /** The copy of a jar, made if there is none yet. */
    Path of(Path jar) throws IOException {
        if (!Files.isRegularFile(jar)) {
            throw new PluginFaultException(PluginFolder.fileName(jar)
                    + " is not a file (a broken link?); put the jar itself there, or remove it");
        }
        requireSize(jar, Files.size(jar));
        requireFolder();
        Path known = copyNamed(sha256(jar));
        return isIntact(known) ? known : copy(jar);
    }

    /** The sum that a copy is named by. */
    static String sumOf(Path copy) {
        return PluginFolder.fileName(copy).replace(".jar", "");
    }

    static String sha256(Path jar) throws IOException {
        return hash(jar, OutputStream.nullOutputStream());
    }

    private boolean isIntact(Path known) throws IOException {
        return Files.isRegularFile(known, LinkOption.NOFOLLOW_LINKS) && known.equals(copyNamed(sha256(known)));
    }

    /** Hashes the bytes as they are copied: the jar may have changed since it was hashed to look for a copy. */
    private Path copy(Path jar) throws IOException {
        Path fresh = Files.createTempFile(folder, "copy", ".tmp");
        try {
            String hash;
            try (OutputStream out = Files.newOutputStream(fresh)) {
                hash = hash(jar, out);
            }
            return Files.move(fresh, copyNamed(hash), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    private Path copyNamed(String hash) {
        return folder.resolve(hash + ".jar");
    }

    private void requireFolder() throws IOException {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            Files.createDirectories(folder);
            return;
        }
        Files.createDirectories(folder, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        if (!Files.getPosixFilePermissions(folder).equals(OWNER_ONLY)) {
            Files.setPosixFilePermissions(folder, OWNER_ONLY);
        }
    }

    private static String hash(Path jar, OutputStream copy) throws IOException {
        MessageDigest digest = sha256();
        byte[] buffer = new byte[64 * 1024];
        long length = 0;
        try (InputStream in = Files.newInputStream(jar)) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                length += read;
                requireSize(jar, length);
                digest.update(buffer, 0, read);
                copy.write(buffer, 0, read);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void requireSize(Path jar, long bytes) {
        if (bytes > MAX_JAR_BYTES) {
            throw new PluginFaultException(PluginFolder.fileName(jar) + " is larger than the "
                    + MAX_JAR_BYTES / 1024 / 1024 + " MiB a jar may have; move large data out of the jar");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
