package dev.guardrails4j.server.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What became of an audit log since it was written.
 *
 * @param first the number of the first line, 0 if there is none
 * @param last the number of the last one before the first break
 * @param hash of that line; whoever keeps it elsewhere sees later whether lines were removed from the end
 * @param recovered how many times a line that was cut off was removed by the server
 * @param problem where the chain breaks and how, if it does
 */
public record AuditVerification(long first, long last, String hash, long recovered, Optional<String> problem) {

    private static final int LONGEST_LINE = 1 << 20;

    /**
     * Reads files that follow each other, in whatever order they are given.
     *
     * @throws IOException if one cannot be read
     */
    public static AuditVerification of(List<Path> files, Fingerprints fingerprints) throws IOException {
        List<Begun> ordered = new ArrayList<>();
        for (Path file : files) {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                long number = Chain.read(line(lines).orElse(""), fingerprints)
                        .map(read -> read.then().number())
                        .orElse(0L);
                ordered.add(new Begun(file, number));
            }
        }
        ordered.sort(Comparator.comparingLong(Begun::number));
        Walk walk = new Walk(fingerprints);
        for (Begun begun : ordered) {
            walk.read(begun.file());
            if (walk.problem.isPresent()) {
                break;
            }
        }
        return new AuditVerification(walk.first, walk.at.number(), walk.at.hash(), walk.recovered, walk.problem);
    }

    private static Optional<String> line(BufferedReader lines) throws IOException {
        StringBuilder line = new StringBuilder();
        int next = lines.read();
        if (next < 0) {
            return Optional.empty();
        }
        while (next >= 0 && next != '\n' && line.length() <= LONGEST_LINE) {
            line.append((char) next);
            next = lines.read();
        }
        // A line without its end was cut off.
        return Optional.of(next == '\n' ? line.toString() : line + "\0");
    }

    private record Begun(Path file, long number) {}

    /** From line to line. */
    private static final class Walk {

        private final Fingerprints fingerprints;
        private Chain at = Chain.BEGIN;
        private long first;
        private long recovered;
        private Optional<String> problem = Optional.empty();

        Walk(Fingerprints fingerprints) {
            this.fingerprints = fingerprints;
        }

        void read(Path file) throws IOException {
            try (BufferedReader lines = Files.newBufferedReader(file)) {
                long line = 0;
                for (Optional<String> text = line(lines); text.isPresent() && problem.isEmpty(); text = line(lines)) {
                    line++;
                    String where = file + ":" + line + ": ";
                    Chain.read(text.get(), fingerprints)
                            .ifPresentOrElse(
                                    read -> follow(read, where),
                                    () -> problem = Optional.of(where
                                            + "the line was changed or cut off, or was written with another secret"));
                }
            }
        }

        private void follow(Chain.Read read, String where) {
            boolean isFirst = first == 0;
            if (isFirst && read.then().number() > 1) {
                // Older files are not kept for ever: what is before them is not known.
                at = new Chain(read.then().number() - 1, read.previous());
            }
            if (!read.follows(at)) {
                problem = Optional.of(where
                        + "entry %d does not follow entry %d: what was between them was removed, added or reordered"
                                .formatted(read.then().number(), at.number()));
                return;
            }
            if (isFirst) {
                first = read.then().number();
            }
            if (read.event().equals("recovered")) {
                recovered++;
            }
            at = read.then();
        }
    }
}
