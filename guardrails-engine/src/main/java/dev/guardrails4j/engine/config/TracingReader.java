package dev.guardrails4j.engine.config;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads {@code tracing}. */
final class TracingReader {

    private static final String FORMAT = "span_format";
    private static final String LEGACY = "legacy";
    private static final List<String> FORMATS = List.of("opentelemetry", LEGACY);
    private static final String OPEN_TELEMETRY = "OpenTelemetry";
    private static final String FILE_SYSTEM = "FileSystem";
    private static final String FILE = "filepath";

    /** The reference's, which is relative to where the server is started, too. */
    private static final String DEFAULT_FILE = ".traces/trace.jsonl";

    private final Trust trust;
    private final Problems problems;

    TracingReader(Trust trust, Problems problems) {
        this.trust = trust;
        this.problems = problems;
    }

    TracingConfig read(NodeReader top) {
        NodeReader section = top.section("tracing");
        boolean isOn = section.read("enabled", Values::flag).orElse(false);
        Optional<String> format = section.read(FORMAT, Values::string);
        if (format.isPresent() && !FORMATS.contains(format.get())) {
            section.error(FORMAT, "must be opentelemetry or legacy");
        }
        boolean captures = section.read("enable_content_capture", Values::flag).orElse(false);
        List<ConfigNode> adapters = section.items("adapters");
        section.rejectUnknownKeys();
        Set<Path> files = new HashSet<>();
        if (isOn) {
            adapters.forEach(adapter -> file(new NodeReader(adapter, problems)).ifPresent(files::add));
        }
        return isOn && trust.isOperators()
                ? new TracingConfig(format.filter(LEGACY::equals).isPresent(), captures, files)
                : TracingConfig.DEFAULT;
    }

    /** Where spans go over the network is the server's to say, so that only the adapter of files says anything. */
    private Optional<Path> file(NodeReader adapter) {
        Optional<String> name = adapter.require("name", "write OpenTelemetry or FileSystem", Values::string);
        if (name.filter(FILE_SYSTEM::equals).isPresent()) {
            String file = adapter.read(FILE, Values::name).orElse(DEFAULT_FILE);
            adapter.rejectUnknownKeys();
            return writable(adapter, file);
        }
        if (name.isPresent() && !name.get().equals(OPEN_TELEMETRY)) {
            adapter.warning(
                    "name",
                    "is not there; there are FileSystem, and OpenTelemetry, by which the server sends spans if it is told to");
        }
        return Optional.empty();
    }

    private Optional<Path> writable(NodeReader adapter, String file) {
        if (!trust.isOperators()) {
            adapter.error(
                    FILE,
                    "names a file, which a configuration that came over HTTP may not; leave the adapter FileSystem out");
            return Optional.empty();
        }
        try {
            Path path = Path.of(file).toAbsolutePath().normalize();
            problemOf(path).ifPresent(problem -> adapter.error(FILE, problem));
            return Optional.of(path);
        } catch (InvalidPathException e) {
            adapter.error(FILE, "is no path of a file: " + e.getReason());
            return Optional.empty();
        }
    }

    /** What can be told without touching anything: a folder that is not there is made once there is something to write. */
    private static Optional<String> problemOf(Path path) {
        Path there = path;
        while (there.getParent() != null && !Files.exists(there)) {
            there = there.getParent();
        }
        if (Files.isDirectory(path)) {
            return Optional.of("is " + path + ", which is a folder; name a file in it");
        }
        boolean isThere = there.equals(path);
        if (Files.isWritable(there) && (isThere ? Files.isRegularFile(there) : Files.isDirectory(there))) {
            return Optional.empty();
        }
        return Optional.of(
                isThere
                        ? "is " + path + ", which is no file that this user may write; name another"
                        : "is " + path + ", which cannot be made: " + there
                                + " is no folder that this user may write to; name another file");
    }
}
