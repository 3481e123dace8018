package dev.guardrails4j.server.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/** Makes files that hold what is nobody else's business: for their owner only, where the file system knows owners. */
public final class OwnersOnly {

    private OwnersOnly() {}

    /** Makes a folder and a file in it; what is there already stays as it is. */
    public static void create(Path folder, Path file) throws IOException {
        boolean knowsOwners =
                folder.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(folder, permissions(knowsOwners, "rwx------"));
        }
        try {
            Files.createFile(file, permissions(knowsOwners, "rw-------"));
        } catch (FileAlreadyExistsException there) {
            if (!Files.isRegularFile(file)) {
                throw there;
            }
        }
    }

    private static FileAttribute<?>[] permissions(boolean knowsOwners, String permissions) {
        return knowsOwners
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }
}
