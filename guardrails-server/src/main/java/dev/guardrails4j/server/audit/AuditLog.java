package dev.guardrails4j.server.audit;

import dev.guardrails4j.server.storage.CommittingThread;
import dev.guardrails4j.server.storage.StorageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log: JSON lines, one a decision. Many requests share one write. A caller is answered once its decisions have been
 * written. Safe for use by many threads.
 */
public final class AuditLog implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
    private static final Duration BETWEEN_SYNCS = Duration.ofSeconds(1);
    private static final int LONGEST_TEXT = 300;
    private static final int MOST_CONFIGS = 20;

    private final Path path;
    private final AuditSettings settings;
    private final Fingerprints fingerprints;
    private final InstantSource clock;
    private final List<AuditEntry> pending = new ArrayList<>();
    private final CommittingThread writer;
    private final AtomicLong missing = new AtomicLong();
    private Optional<AuditFile> file;
    private Chain chain;

    private AuditLog(Path path, AuditSettings settings, InstantSource clock) throws IOException {
        this.path = path;
        this.settings = settings;
        this.clock = clock;
        this.fingerprints = new Fingerprints(settings.secret());
        AuditFile opened = AuditFile.open(path, settings, fingerprints, before());
        this.file = Optional.of(opened);
        this.chain = opened.chain();
        this.writer = new CommittingThread("guardrails-audit", this::commit, this::sync, BETWEEN_SYNCS);
    }

    /**
     * Opens the log of a file and goes on where it ends.
     *
     * @throws StorageException if it cannot be written, was changed at its end, or is written by another server
     */
    public static AuditLog open(Path file, AuditSettings settings) {
        try {
            return new AuditLog(file, settings, InstantSource.system());
        } catch (IOException e) {
            throw new StorageException(file + " cannot be written: " + e, e);
        }
    }

    /** Where the last file ended, if the one to be written is not there: the server stopped between the two. */
    private Chain before() throws IOException {
        if (!Files.isDirectory(AuditFile.folder(path))) {
            return Chain.BEGIN;
        }
        List<Path> rotated = AuditFile.rotated(path);
        if (rotated.isEmpty()) {
            return Chain.BEGIN;
        }
        String last = "";
        try (var lines = Files.lines(rotated.get(rotated.size() - 1), StandardCharsets.UTF_8)) {
            last = lines.reduce((one, other) -> other).orElse("");
        }
        return Chain.read(last, fingerprints)
                .map(Chain.Read::then)
                .orElseThrow(() -> new StorageException(rotated.get(rotated.size() - 1)
                        + " does not end in a line of an audit log with this secret; move it away to begin anew"));
    }

    /**
     * Writes what was decided.
     *
     * @throws AuditException if it cannot be written and the settings refuse what cannot be seen later
     */
    public void write(Occasion occasion, List<Decision> decisions) {
        String at = clock.instant().toString();
        String input = fingerprints.of(occasion.input());
        String output = occasion.output().map(fingerprints::of).orElse(null);
        List<String> configs = occasion.configs().stream()
                .limit(MOST_CONFIGS)
                .map(AuditLog::shortened)
                .toList();
        List<AuditEntry> entries = decisions.stream()
                .map(decision -> new AuditEntry(
                        "decision",
                        at,
                        shortened(occasion.requestId()),
                        shortened(occasion.who()),
                        configs,
                        decision.stage(),
                        decision.rail().map(AuditLog::shortened).orElse(null),
                        decision.verdict(),
                        input,
                        output,
                        null))
                .toList();
        try {
            writer.perform(true, () -> pending.addAll(entries));
            long lost = missing.getAndSet(0);
            if (lost > 0) {
                LOG.warn("The audit log can be written again; {} decisions are missing in it", lost);
            }
        } catch (StorageException e) {
            failed(entries.size(), e);
        }
    }

    private void failed(int entries, StorageException e) {
        if (settings.onFailure() == AuditSettings.OnFailure.REFUSE) {
            LOG.error("Decisions could not be written to the audit log; their request is refused: {}", e.rootCause());
            throw new AuditException(e);
        }
        if (missing.getAndAdd(entries) == 0) {
            LOG.error("Decisions could not be written to the audit log and will be missing in it: {}", e.rootCause());
        }
    }

    private static String shortened(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT);
    }

    /** Run by the writer alone, as is all below. */
    private void commit() {
        List<AuditEntry> entries = List.copyOf(pending);
        pending.clear();
        if (entries.isEmpty()) {
            return;
        }
        try {
            AuditFile open = file.isPresent() ? file.get() : AuditFile.open(path, settings, fingerprints, chain);
            file = Optional.of(open);
            open.write(entries);
            chain = open.chain();
            if (open.isFull()) {
                rotate(open);
            }
        } catch (IOException e) {
            reopenLater();
            throw new UncheckedIOException(e);
        }
    }

    /** What was written is written, whether the next file can be begun or not. */
    private void rotate(AuditFile full) {
        file = Optional.empty();
        try {
            file = Optional.of(full.rotate());
        } catch (IOException e) {
            LOG.warn("The next file of the audit log could not be begun; it will be tried again: {}", e.toString());
        }
    }

    /** Returns how long it is until it is to be done again. */
    private Duration sync() {
        try {
            if (settings.sync() == AuditSettings.Sync.EVERY_SECOND && file.isPresent()) {
                file.get().sync();
            }
            return BETWEEN_SYNCS;
        } catch (IOException e) {
            reopenLater();
            throw new UncheckedIOException(e);
        }
    }

    /** What is at its end is not known any more; opening finds out. */
    private void reopenLater() {
        Optional<AuditFile> failed = file;
        file = Optional.empty();
        try {
            if (failed.isPresent()) {
                failed.get().close();
            }
        } catch (IOException e) {
            LOG.debug("The audit log could not be closed", e);
        }
    }

    /** Ends the log once all that waits has been written. */
    @Override
    public void close() {
        writer.close();
        try {
            if (file.isPresent()) {
                file.get().sync();
                file.get().close();
            }
        } catch (IOException e) {
            LOG.warn("The end of the audit log may not have reached the disk: {}", e.toString());
        }
    }
}
