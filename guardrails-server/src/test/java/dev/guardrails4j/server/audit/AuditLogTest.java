package dev.guardrails4j.server.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.guardrails4j.server.audit.AuditSettings.OnFailure;
import dev.guardrails4j.server.audit.AuditSettings.Sync;
import dev.guardrails4j.server.storage.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

@DisplayName("Issue 7, security: an audit log in which a removed line shows")
class AuditLogTest {

    private static final List<Decision> BLOCKED =
            List.of(new Decision("input", Optional.of("self check input"), "blocked"));
    private static final Fingerprints PLAIN = new Fingerprints(Optional.empty());

    @TempDir
    private Path folder;

    private Path file() {
        return folder.resolve("audit.jsonl");
    }

    private static Occasion occasion(String text) {
        return new Occasion("req-1", "support-app", List.of("support"), text, Optional.of("No."));
    }

    private static AuditSettings settings(long maxBytes, int files, Sync sync, OnFailure onFailure, String secret) {
        return new AuditSettings(
                maxBytes, files, sync, onFailure, Optional.of(secret).filter(text -> !text.isEmpty()));
    }

    private void write(AuditSettings settings, int entries) {
        try (AuditLog log = AuditLog.open(file(), settings)) {
            IntStream.range(0, entries).forEach(i -> log.write(occasion("text " + i), BLOCKED));
        }
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(file());
    }

    private AuditVerification verified(Path... files) throws IOException {
        return AuditVerification.of(files.length == 0 ? List.of(file()) : List.of(files), PLAIN);
    }

    @ParameterizedTest
    @EnumSource(Sync.class)
    void writesALineADecisionWithHashesInPlaceOfTexts(Sync sync) throws IOException {
        try (AuditLog log = AuditLog.open(file(), settings(1 << 20, 1, sync, OnFailure.REFUSE, ""))) {
            log.write(occasion("abc"), BLOCKED);

            assertThat(lines())
                    .singleElement()
                    .satisfies(line -> assertThat(line)
                            .startsWith("{\"n\":1,\"event\":\"decision\",\"at\":\"20")
                            .contains("\"request_id\":\"req-1\",\"who\":\"support-app\",\"configs\":[\"support\"],"
                                    + "\"stage\":\"input\",\"rail\":\"self check input\",\"verdict\":\"blocked\"")
                            .contains("\"input\":\"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"")
                            .contains("\"previous\":\"" + "0".repeat(64) + "\",\"hash\":\"")
                            .doesNotContain("abc\"", "No."));
        }
    }

    @Test
    void goesOnWhereItEndedAfterARestart() throws IOException {
        write(AuditSettings.DEFAULT, 3);
        write(AuditSettings.DEFAULT, 2);

        AuditVerification found = verified();
        assertThat(found.problem()).isEmpty();
        assertThat(found.first()).isEqualTo(1);
        assertThat(found.last()).isEqualTo(5);
        assertThat(lines().get(4)).contains("\"hash\":\"" + found.hash() + "\"");
    }

    static Stream<Arguments> tamperings() {
        return Stream.of(
                tampering("changed", 3, lines -> {
                    lines.set(2, lines.get(2).replace("blocked", "passed"));
                    return lines;
                }),
                tampering("removed", 3, lines -> {
                    lines.remove(2);
                    return lines;
                }),
                tampering("removed at the beginning, renumbered", 1, lines -> {
                    lines.set(0, lines.get(0).replace("\"n\":1,", "\"n\":7,"));
                    return lines;
                }),
                tampering("swapped", 2, lines -> {
                    Collections.swap(lines, 1, 2);
                    return lines;
                }),
                tampering("repeated", 4, lines -> {
                    lines.add(3, lines.get(2));
                    return lines;
                }),
                tampering(
                        "written anew without what follows",
                        3,
                        lines -> {
                            lines.set(
                                    2,
                                    new Chain(2, hash(lines.get(1)))
                                            .next(AuditEntry.recovered("2026-01-01T00:00:00Z", 1), PLAIN)
                                            .text()
                                            .strip());
                            return lines;
                        },
                        4),
                tampering("cut off", 5, lines -> {
                    lines.set(4, lines.get(4).substring(0, 40));
                    return lines;
                }),
                tampering("no JSON", 2, lines -> {
                    lines.set(1, "hello");
                    return lines;
                }));
    }

    private static Arguments tampering(String what, int line, UnaryOperator<List<String>> change) {
        return tampering(what, line, change, line);
    }

    private static Arguments tampering(String what, int line, UnaryOperator<List<String>> change, int seenAt) {
        return Arguments.of(what, change, seenAt);
    }

    private static String hash(String line) {
        return line.substring(line.length() - 66, line.length() - 2);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tamperings")
    void showsWhereALineWasTamperedWith(String what, UnaryOperator<List<String>> change, int line) throws IOException {
        write(AuditSettings.DEFAULT, 5);
        Files.write(file(), change.apply(new ArrayList<>(lines())));

        assertThat(verified().problem())
                .hasValueSatisfying(problem -> assertThat(problem).startsWith(file() + ":" + line + ": "));
    }

    @Test
    void cannotBeWrittenAnewWithoutTheSecret() throws IOException {
        AuditSettings keyed = settings(1 << 20, 1, Sync.NEVER, OnFailure.REFUSE, "a secret");
        write(keyed, 3);

        assertThat(AuditVerification.of(List.of(file()), new Fingerprints(Optional.of("a secret")))
                        .problem())
                .isEmpty();
        assertThat(verified().problem()).isPresent();
        assertThat(lines().get(0)).doesNotContain(PLAIN.of("text 0"));
        assertThatThrownBy(() -> AuditLog.open(file(), AuditSettings.DEFAULT))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("does not end in a line of an audit log with this secret");
    }

    @Test
    void removesWhatAKilledServerLeftOfALineAndSaysSo() throws IOException {
        write(AuditSettings.DEFAULT, 2);
        Files.writeString(file(), "{\"n\":3,\"event\":\"deci", StandardOpenOption.APPEND);
        assertThat(verified().problem()).isPresent();

        write(AuditSettings.DEFAULT, 1);

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(2)).contains("\"n\":3,\"event\":\"recovered\"").contains("\"bytes\":20");
        assertThat(verified().problem()).isEmpty();
        assertThat(verified().recovered()).isEqualTo(1);
    }

    @Test
    void carriesTheChainOverIntoTheNextFileAndKeepsOnlySoMany() throws IOException {
        AuditSettings small = settings(1_024, 2, Sync.NEVER, OnFailure.REFUSE, "");
        write(small, 20);
        write(small, 2);

        List<Path> before = AuditFile.rotated(file());
        assertThat(before).hasSize(2);
        AuditVerification found = verified(file(), before.get(1), before.get(0));
        assertThat(found.problem()).isEmpty();
        assertThat(found.first()).isGreaterThan(1);
        assertThat(found.last()).isEqualTo(22);
        assertThat(verified(file(), before.get(0)).problem()).isPresent();
    }

    @Test
    void goesOnIfItStoppedBetweenTwoFiles() throws IOException {
        AuditSettings small = settings(1_024, 9, Sync.NEVER, OnFailure.REFUSE, "");
        write(small, 3);
        Files.deleteIfExists(file());
        List<Path> before = AuditFile.rotated(file());

        write(small, 1);

        assertThat(verified(Stream.concat(before.stream(), Stream.of(file())).toArray(Path[]::new))
                        .problem())
                .isEmpty();
    }

    @Test
    void holdsTogetherWhenManyWriteAtOnce() throws IOException {
        try (AuditLog log = AuditLog.open(file(), AuditSettings.DEFAULT)) {
            IntStream.range(0, 500).parallel().forEach(i -> log.write(occasion("text " + i), BLOCKED));
        }

        assertThat(verified().problem()).isEmpty();
        assertThat(verified().last()).isEqualTo(500);
    }

    @Test
    void isWrittenByOneServer() {
        try (AuditLog log = AuditLog.open(file(), AuditSettings.DEFAULT)) {
            assertThatThrownBy(() -> AuditLog.open(file(), AuditSettings.DEFAULT))
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("give each server a file of its own");
            log.write(occasion("text"), BLOCKED);
        }
    }

    @Test
    void refusesWhatIsNoAuditLog() throws IOException {
        Files.writeString(file(), "something else\n");

        assertThatThrownBy(() -> AuditLog.open(file(), AuditSettings.DEFAULT)).isInstanceOf(StorageException.class);
        assertThat(Files.readString(file())).isEqualTo("something else\n");
    }

    @Test
    void refusesOrGoesOnWhileItCannotWriteAndGoesOnWhereItWas() throws IOException {
        Path audits = folder.resolve("audits");
        Path audit = audits.resolve("audit.jsonl");
        try (AuditLog log = AuditLog.open(audit, settings(1_024, 1, Sync.NEVER, OnFailure.REFUSE, ""))) {
            Faults.breakFolder(audits);
            assertThatExceptionOfType(AuditException.class)
                    .isThrownBy(() -> IntStream.range(0, 10).forEach(i -> log.write(occasion("text"), BLOCKED)));
            assertThatExceptionOfType(AuditException.class).isThrownBy(() -> log.write(occasion("text"), BLOCKED));

            Files.delete(audits);
            log.write(occasion("text"), BLOCKED);

            assertThat(verified(audit).problem()).isEmpty();
            assertThat(verified(audit).first()).isGreaterThan(1);
        }
    }

    @Test
    void saysInOneLineOfTheLogWhyItCannotWrite() throws IOException {
        Path audits = folder.resolve("audits");
        Logger logger = (Logger) LoggerFactory.getLogger(AuditLog.class);
        ListAppender<ILoggingEvent> said = new ListAppender<>();
        said.start();
        logger.addAppender(said);
        try (AuditLog log =
                AuditLog.open(audits.resolve("audit.jsonl"), settings(1_024, 1, Sync.NEVER, OnFailure.REFUSE, ""))) {
            Faults.breakFolder(audits);
            assertThatExceptionOfType(AuditException.class)
                    .isThrownBy(() -> IntStream.range(0, 10).forEach(i -> log.write(occasion("text"), BLOCKED)));
        } finally {
            logger.detachAppender(said);
        }

        ILoggingEvent last = said.list.get(said.list.size() - 1);
        assertThat(last.getFormattedMessage()).contains("their request is refused: java.nio.file.");
        assertThat(last.getThrowableProxy()).isNull();
    }

    /** What becomes of disks. */
    static final class Faults {

        private Faults() {}

        /** Nothing can be opened in the folder any more, whoever tries; what is open is full soon. */
        static void breakFolder(Path folder) throws IOException {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(folder);
            Files.createFile(folder);
        }
    }
}
