package dev.guardrails4j.engine.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads text files of a configuration, never more of one than may be used. */
final class BoundedFile {

    /** In UTF-8 a code point takes four bytes at most. */
    private static final int MAX_BYTES = 4 * YamlReader.MAX_CODE_POINTS;

    private BoundedFile() {}

    /** The text of a file; empty if it cannot be read, which has then been added to the problems. */
    static Optional<String> read(Path file, Problems problems) {
        Location location = new Location(file.toString(), 0);
        try {
            if (!Files.isRegularFile(file)) {
                problems.error(location, reasonFor(file));
                return Optional.empty();
            }
            // A file may grow, and some report no size at all: the limit is kept while reading, too.
            byte[] bytes = Files.size(file) > MAX_BYTES ? new byte[MAX_BYTES + 1] : firstBytes(file);
            if (bytes.length > MAX_BYTES) {
                problems.error(location, YamlReader.tooLong());
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            problems.error(location, "not a text in UTF-8");
        } catch (NoSuchFileException gone) {
            problems.error(location, "no such file");
        } catch (AccessDeniedException denied) {
            problems.error(location, "cannot be read: access denied");
        } catch (IOException failure) {
            problems.error(location, "cannot be read: " + failure.getMessage());
        }
        return Optional.empty();
    }

    private static byte[] firstBytes(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return content.readNBytes(MAX_BYTES + 1);
        }
    }

    private static String reasonFor(Path file) {
        if (Files.isSymbolicLink(file) && Files.notExists(file)) {
            return "a link to a file that does not exist";
        }
        return Files.notExists(file) ? "no such file" : "not a regular file";
    }
}
