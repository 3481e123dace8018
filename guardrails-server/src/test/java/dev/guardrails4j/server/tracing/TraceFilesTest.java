package dev.guardrails4j.server.tracing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceFilesTest {

    private static final long MOST = 100;

    @TempDir
    private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("made/traces.jsonl");
    }

    @Test
    void writesLinesForTheirOwnerOnly() throws IOException {
        write("one\n", "two\n");

        assertThat(file).hasContent("one\ntwo\n");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void goesOnAfterWhatIsThere() throws IOException {
        write("one\n");
        write("two\n");

        assertThat(file).hasContent("one\ntwo\n");
    }

    @Test
    void endsTheLineOfAProcessThatWasKilled() throws IOException {
        Files.createDirectory(file.getParent());
        Files.writeString(file, "whole\nhal");

        write("next\n");

        assertThat(file).hasContent("whole\nhal\nnext\n");
    }

    @Test
    void beginsAnewOnceTheFileIsFullAndKeepsOneBefore() throws IOException {
        List<String> lines =
                IntStream.range(0, 25).mapToObj("line %05d\n"::formatted).toList();

        write(lines.toArray(String[]::new));

        assertThat(file).hasContent(String.join("", lines.subList(18, 25)));
        assertThat(folder.resolve("made/traces.jsonl.1")).hasContent(String.join("", lines.subList(9, 18)));
        assertThat(file.getParent()).isDirectoryNotContaining("glob:**.2");
    }

    @Test
    void keepsALineThatIsLongerThanAFile() throws IOException {
        String line = "x".repeat(200) + "\n";

        write("short\n", line, "after\n");

        assertThat(folder.resolve("made/traces.jsonl.1")).hasContent(line);
        assertThat(file).hasContent("after\n");
    }

    @Test
    void writesToAFileOfTheSameNameIfItWasMovedAway() throws IOException {
        try (TraceFiles files = new TraceFiles(MOST)) {
            files.write(Set.of(file), bytes("one\n"));
            files.write(Set.of(folder.resolve("fence")), bytes("x\n"));
            await().until(() -> Files.exists(folder.resolve("fence")));
            Files.move(file, folder.resolve("moved"));
            files.write(Set.of(file), bytes("two\n"));
        }

        assertThat(file).hasContent("two\n");
        assertThat(folder.resolve("moved")).hasContent("one\n");
    }

    @Test
    void countsWhatCannotBeWrittenAndGoesOnOnceItCan() throws IOException {
        Files.writeString(folder.resolve("made"), "a file where the folder is to be");
        TraceFiles files = new TraceFiles(MOST);
        try (files) {
            files.write(Set.of(file), bytes("lost\n"));
            files.write(Set.of(file), bytes("lost too\n"));
            await().until(() -> files.dropped() == 2);
            Files.delete(folder.resolve("made"));
            files.write(Set.of(file), bytes("kept\n"));
        }

        assertThat(file).hasContent("kept\n");
        assertThat(files.dropped()).isEqualTo(2);
    }

    @Test
    void leavesOutWhatWouldPileUpInMemory() throws IOException {
        TraceFiles files = new TraceFiles(MOST);
        try (files) {
            files.write(Set.of(file), new byte[17 << 20]);
            files.write(Set.of(file), bytes("kept\n"));
        }

        assertThat(files.dropped()).isEqualTo(1);
        assertThat(file).hasContent("kept\n");
    }

    private void write(String... lines) {
        try (TraceFiles files = new TraceFiles(MOST)) {
            for (String line : lines) {
                files.write(Set.of(file), bytes(line));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
