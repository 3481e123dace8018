package dev.guardrails4j.benchmarks;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Scanner;
import org.junit.jupiter.api.Test;

final class ChildProcessTest {

    /** One that a client has got meanwhile, a process that starts cannot listen on. */
    @Test
    void takesPortsThatTheSystemGivesToNoClient() throws IOException {
        Path range = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        assumeTrue(Files.isReadable(range));
        int first;
        // Such a file has to be read at once.
        try (InputStream in = Files.newInputStream(range);
                Scanner numbers = new Scanner(new String(in.readNBytes(100), US_ASCII))) {
            first = numbers.nextInt();
        }

        for (int i = 0; i < 100; i++) {
            assertThat(ChildProcess.freePort()).isBetween(10_000, first - 1);
        }
    }
}
