package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.server.audit.AuditLog;
import dev.guardrails4j.server.audit.AuditSettings;
import dev.guardrails4j.server.audit.Decision;
import dev.guardrails4j.server.audit.Occasion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {

    @TempDir
    private Path folder;

    private Path written() {
        Path file = folder.resolve("audit.jsonl");
        try (AuditLog log = AuditLog.open(file, AuditSettings.DEFAULT)) {
            for (int i = 0; i < 3; i++) {
                log.write(
                        new Occasion("req", "app", List.of("support"), "text", Optional.empty()),
                        List.of(new Decision("input", Optional.of("regex check input"), "passed")));
            }
        }
        return file;
    }

    @Test
    void saysThatALogHoldsTogether() {
        written();
        Cli cli = new Cli(folder);

        assertThat(cli.run("audit", "verify", "audit.jsonl")).isZero();
        assertThat(cli.out()).startsWith("entries 1 to 3 hold together\nthe last one has the hash ");
    }

    @Test
    void saysWhereALogIsBroken() throws IOException {
        Path file = written();
        List<String> lines = Files.readAllLines(file);
        Files.write(file, List.of(lines.get(0), lines.get(2)));
        Cli cli = new Cli(folder);

        assertThat(cli.run("audit", "verify", "audit.jsonl")).isEqualTo(1);
        assertThat(cli.out())
                .contains("entries 1 to 1 hold together")
                .contains("BROKEN at " + file + ":2: entry 3 does not follow entry 1");
    }

    @Test
    void saysThatThereIsNoSuchFile() {
        Cli cli = new Cli(folder);

        assertThat(cli.run("audit", "verify", "nothing.jsonl")).isEqualTo(1);
        assertThat(cli.err()).contains("the audit log cannot be read").contains("nothing.jsonl");
    }
}
