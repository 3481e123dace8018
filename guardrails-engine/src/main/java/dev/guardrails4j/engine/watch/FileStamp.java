package dev.guardrails4j.engine.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** What can be seen of a file without reading it. It differs once the file was written, replaced or removed. */
public final class FileStamp {

    /** Of a file that is not there, a link to nothing among them. */
    public static final Object NONE = "none";

    /** The time of the last change of its inode cannot be set back, as that of its contents can: by {@code cp -p}. */
    private static final String UNIX = "unix:size,lastModifiedTime,ctime,ino,dev";

    private static final String BASIC = "basic:size,lastModifiedTime,creationTime";

    private FileStamp() {}

    /** What is seen of a file now, through links. Never throws: a file that cannot be looked at has a stamp as well. */
    public static Object of(Path file) {
        boolean isUnix = file.getFileSystem().supportedFileAttributeViews().contains("unix");
        try {
            return Files.readAttributes(file, isUnix ? UNIX : BASIC);
        } catch (NoSuchFileException gone) {
            return NONE;
        } catch (IOException unreadable) {
            return unreadable.getClass().getName();
        }
    }
}
