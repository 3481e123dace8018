package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateCopiesTest {

    /** Of the text "cats". */
    private static final String SHA_256 = "d936608baaacc6b762c14b0c356026fba3b84e77d5b22e86f2fc29d3da09c675";

    private static final FileTime LONG_AGO = FileTime.from(Instant.EPOCH);

    @TempDir
    private Path home;

    @Test
    void namesACopyByTheHashOfItsBytes() throws IOException {
        Path copy = copies().of(jar("cats"));

        assertThat(copy).hasContent("cats").hasFileName(SHA_256 + ".jar");
    }

    @Test
    void usesAnIntactCopyAgain() throws IOException {
        Path copy = copies().of(jar("cats"));
        Files.setLastModifiedTime(copy, LONG_AGO);

        assertThat(copies().of(jar("cats"))).isEqualTo(copy);
        assertThat(Files.getLastModifiedTime(copy)).isEqualTo(LONG_AGO);
    }

    @Test
    void replacesACopyThatWasTamperedWith() throws IOException {
        Path copy = copies().of(jar("cats"));
        Files.writeString(copy, "dogs");

        assertThat(copies().of(jar("cats"))).isEqualTo(copy).hasContent("cats");
    }

    @Test
    void replacesALinkThatStandsInPlaceOfACopy() throws IOException {
        Path copy = copies().of(jar("cats"));
        Files.delete(copy);
        Files.createSymbolicLink(copy, home.resolve("cats.jar"));

        assertThat(copies().of(jar("cats"))).isEqualTo(copy).isRegularFile();
        assertThat(Files.isSymbolicLink(copy)).isFalse();
    }

    @Test
    void keepsTheCopyOfAnEarlierVersion() throws IOException {
        Path earlier = copies().of(jar("cats"));
        Files.writeString(home.resolve("cats.jar"), "more cats");

        Path later = copies().of(home.resolve("cats.jar"));

        assertThat(earlier).hasContent("cats");
        assertThat(later).hasContent("more cats");
    }

    @Test
    void leavesNothingButCopiesBehind() throws IOException {
        copies().of(jar("cats"));
        copies().of(jar("cats"));

        try (Stream<Path> files = Files.list(home.resolve("copies"))) {
            assertThat(files).singleElement().satisfies(file -> assertThat(file).hasFileName(SHA_256 + ".jar"));
        }
    }

    @Test
    void isForItsOwnerOnly() throws IOException {
        Files.createDirectory(home.resolve("copies"));
        Files.setPosixFilePermissions(home.resolve("copies"), PosixFilePermissions.fromString("rwxrwxrwx"));

        Path copy = copies().of(jar("cats"));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("copies"))))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-------");
    }

    private PrivateCopies copies() {
        return new PrivateCopies(home.resolve("copies"));
    }

    private Path jar(String content) throws IOException {
        return Files.writeString(home.resolve("cats.jar"), content);
    }
}
