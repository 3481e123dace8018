package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configurations below a server's config root, contract "chat server" 1.5, 1.11 and 4. A root that is a configuration
 * itself has one id, its name; any other has one id for each sub-folder that is a configuration. Ids come from requests
 * and are not trusted. Immutable; safe for use by many threads.
 */
public final class ConfigFolders {

    private static final int LONGEST_ID = 255;

    private static final List<String> CONFIG_FILES = List.of("config.yml", "config.yaml");

    private static final String CONFIG_FOLDER = "config";

    /** Separators and dots, as they are and percent-encoded, also twice. */
    private static final Pattern LEADS_ELSEWHERE =
            Pattern.compile("[/\\\\\\p{Cntrl}]|\\.\\.|%(25)*(2e|2f|5c|00)", Pattern.CASE_INSENSITIVE);

    private final Path root;
    private final Optional<String> singleId;

    private ConfigFolders(Path root, Optional<String> singleId) {
        this.root = root;
        this.singleId = singleId;
    }

    /**
     * Looks at a root; whether it is one configuration or a folder of several stays as it is found now.
     *
     * @throws RailConfigurationException if there is no such folder
     */
    public static ConfigFolders at(Path root) {
        if (!Files.isDirectory(root)) {
            throw new RailConfigurationException(
                    root
                            + ": no such folder; give one that holds a config.yml, or one with a sub-folder for each configuration");
        }
        Optional<String> singleId = hasConfig(root) ? Optional.of(nameOf(root, CONFIG_FOLDER)) : Optional.empty();
        return new ConfigFolders(root, singleId);
    }

    /** The only id there is, if the root is a configuration itself. */
    public Optional<String> singleId() {
        return singleId;
    }

    /** The ids that {@link #folder} takes, sorted; read from disk at each call. */
    public List<String> ids() {
        if (singleId.isPresent()) {
            return singleId.stream().toList();
        }
        try (Stream<Path> entries = Files.list(root)) {
            return entries.map(entry -> nameOf(entry, ""))
                    .filter(this::contains)
                    .sorted()
                    .toList();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether {@link #folder} takes an id; looked up on disk at each call. */
    public boolean contains(String id) {
        if (singleId.isPresent()) {
            return singleId.get().equals(id);
        }
        return isPlain(id) && !isHidden(id) && hasConfig(root.resolve(id)) && isBelowRoot(id);
    }

    /** What can be seen of each configuration without reading it, by its id: a value that differs once a file of it has. */
    public Map<String, Object> stamps() {
        return ids().stream()
                .collect(Collectors.toUnmodifiableMap(
                        id -> id, id -> ConfigStamp.of(singleId.isPresent() ? root : root.resolve(id))));
    }

    /**
     * The folder of a configuration, to be given to {@link ConfigLoader#load}.
     *
     * @throws InvalidConfigIdException if the id is none, is malformed, or leads out of the root
     */
    public Path folder(String id) {
        if (singleId.filter(id::equals).isPresent()) {
            return root;
        }
        if (!isPlain(id)) {
            throw new InvalidConfigIdException("Invalid config_id.");
        }
        if (singleId.isPresent() || isHidden(id) || !Files.isDirectory(root.resolve(id))) {
            throw unknown(id);
        }
        if (!isBelowRoot(id)) {
            throw new InvalidConfigIdException("Access to the specified path is not allowed.");
        }
        if (!hasConfig(root.resolve(id))) {
            throw unknown(id);
        }
        return root.resolve(id);
    }

    /**
     * When the main file of a configuration was changed.
     *
     * @throws InvalidConfigIdException if the id is none, is malformed, or leads out of the root
     */
    public Instant changedAt(String id) {
        Path file = configFiles(folder(id)).findFirst().orElseThrow(() -> unknown(id));
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (IOException removed) {
            throw unknown(id);
        }
    }

    /** Whether an id is a single name, which as a path leads nowhere but to a direct child of the root. */
    private boolean isPlain(String id) {
        if (id.isBlank()
                || id.length() > LONGEST_ID
                || id.equals(".")
                || LEADS_ELSEWHERE.matcher(id).find()) {
            return false;
        }
        try {
            Path path = root.getFileSystem().getPath(id);
            return !path.isAbsolute() && path.getNameCount() == 1;
        } catch (InvalidPathException unusable) {
            return false;
        }
    }

    private static boolean isHidden(String id) {
        return id.startsWith(".") || id.startsWith("_");
    }

    /** Whether the folder is still below the root once its links are followed; what is no link cannot lead elsewhere. */
    private boolean isBelowRoot(String id) {
        Path folder = root.resolve(id);
        if (!Files.isSymbolicLink(folder)) {
            return true;
        }
        try {
            Path realRoot = root.toRealPath();
            Path real = folder.toRealPath();
            return real.startsWith(realRoot) && !real.equals(realRoot);
        } catch (IOException unreadable) {
            return false;
        }
    }

    private InvalidConfigIdException unknown(String id) {
        return new InvalidConfigIdException("Invalid config path '" + id + "'" + Spelling.suggestion(id, ids()));
    }

    private static boolean hasConfig(Path folder) {
        return configFiles(folder).findAny().isPresent();
    }

    private static Stream<Path> configFiles(Path folder) {
        return Stream.of(folder, folder.resolve(CONFIG_FOLDER))
                .flatMap(place -> CONFIG_FILES.stream().map(place::resolve))
                .filter(Files::isRegularFile);
    }

    /** The name of a folder or file, also of {@code .}; the default for the root of a file system. */
    static String nameOf(Path path, String defaultName) {
        Path name = path.toAbsolutePath().normalize().getFileName();
        return name == null ? defaultName : name.toString();
    }
}
