package dev.guardrails4j.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import jdk.jfr.Recording;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProfileTest {

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void saysWhoseWorkMadeTheGarbage() throws IOException {
        Path file = folder.resolve("recording.jfr");
        try (Recording recording = new Recording()) {
            recording.enable("jdk.ObjectAllocationSample").withStackTrace().with("throttle", "1000/s");
            recording.start();
            long counted = 0;
            for (int i = 0; i < 200; i++) {
                counted += new Histogram(1, 1_000_000_000, 4).getTotalCount();
            }
            recording.stop();
            assertThat(counted).isZero();
            recording.dump(file);
        }

        assertThat(profile(file)).isZero();
        assertThat(out.toString())
                .contains("Share of processor time", "Share of allocated bytes")
                .containsPattern("\\d %  others")
                .containsPattern("\\d %  Histogram\\.");
    }

    @Test
    void saysWhatItCannotRead() throws IOException {
        Path file = Files.writeString(folder.resolve("recording.jfr"), "no recording");

        assertThat(profile(file)).isEqualTo(1);
        assertThat(err.toString()).contains("cannot read", "recording.jfr");
    }

    private int profile(Path file) {
        return Benchmarks.commandLine()
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute("profile", file.toString());
    }
}
