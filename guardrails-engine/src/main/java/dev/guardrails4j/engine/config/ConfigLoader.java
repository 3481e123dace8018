package dev.guardrails4j.engine.config;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads configurations, contract "config and rails" 1.1 to 1.8. Never throws for what a configuration says: problems are
 * collected, all of them, each with its place and its mend. Immutable; safe for use by many threads.
 */
public final class ConfigLoader {

    private static final String UNNAMED = "config";

    private final Function<String, Optional<String>> environment;
    private final AllowedHosts hosts;

    /** Configurations that may call any host. */
    public ConfigLoader(Function<String, Optional<String>> environment) {
        this(environment, AllowedHosts.ANY);
    }

    /**
     * @param environment the value of an environment variable by its name
     * @param hosts what configurations may call
     */
    public ConfigLoader(Function<String, Optional<String>> environment, AllowedHosts hosts) {
        this.environment = Objects.requireNonNull(environment, "environment is null");
        this.hosts = Objects.requireNonNull(hosts, "hosts is null");
    }

    /**
     * Reads a configuration folder with all below it, or a single YAML file. Its id is the name of the folder, or of the
     * file without its ending.
     */
    public LoadedConfig load(Path folderOrFile) {
        Problems problems = new Problems();
        List<Path> files = List.of();
        if (Files.isDirectory(folderOrFile)) {
            files = new FolderReader(folderOrFile, problems).yamlFiles();
        } else if (Files.exists(folderOrFile) && FolderReader.isYaml(folderOrFile)) {
            files = List.of(folderOrFile);
        } else {
            problems.error(
                    new Location(folderOrFile.toString(), 0),
                    Files.exists(folderOrFile)
                            ? "not a configuration: give a folder, or a .yml or .yaml file"
                            : "no such folder or file");
        }
        return read(idOf(folderOrFile), documents(files, problems), new Location(folderOrFile.toString(), 0), problems);
    }

    /**
     * Reads a configuration that came over HTTP, as strictly as a folder's, and with a caller's trust.
     *
     * @param reach what it may reach
     */
    public LoadedConfig read(CallerConfig config, Reach reach) {
        Problems problems = new Problems();
        List<ConfigNode> documents = new JsonNodes(config.name(), problems)
                .read(config.data()).stream().toList();
        Trust trust = new CallerTrust(environment, hosts, reach);
        return read(
                config.name(), documents, new Location(config.name(), 0), trust, config.ignoresUnknownKeys(), problems);
    }

    /**
     * What the files of a configuration folder say, put together, in plain values. Nothing is checked, and references to the
     * environment stay as they are written.
     */
    public Map<String, Object> source(Path folder) {
        Problems unread = new Problems();
        List<ConfigNode> documents = documents(new FolderReader(folder, unread).yamlFiles(), unread);
        Map<String, Object> source = new LinkedHashMap<>();
        new FileMerge(unread)
                .merge(documents, new Location(folder.toString(), 0))
                .entries()
                .forEach((key, node) ->
                        Optional.ofNullable(node.toPlainValue()).ifPresent(value -> source.put(key, value)));
        return Collections.unmodifiableMap(source);
    }

    private static List<ConfigNode> documents(List<Path> files, Problems problems) {
        YamlReader yaml = new YamlReader(problems);
        List<ConfigNode> documents = new ArrayList<>();
        for (Path file : files) {
            BoundedFile.read(file, problems)
                    .flatMap(text -> yaml.read(file.toString(), text))
                    .ifPresent(documents::add);
        }
        return documents;
    }

    /**
     * Reads a configuration that is one YAML text.
     *
     * @param id its id, which also stands for the file in locations
     */
    public LoadedConfig parse(String id, String yaml) {
        Problems problems = new Problems();
        List<ConfigNode> documents =
                new YamlReader(problems).read(id, yaml).stream().toList();
        return read(id, documents, new Location(id, 0), problems);
    }

    /**
     * Makes one configuration of several, contract "chat server" 4.5: the later one wins, its list items come first. The
     * problems are those of all, and those of combining them.
     *
     * @param inOrder at least one
     */
    public static LoadedConfig combine(List<LoadedConfig> inOrder) {
        if (inOrder.isEmpty()) {
            throw new IllegalArgumentException("there is no configuration to combine");
        }
        LoadedConfig combined = inOrder.get(0);
        for (LoadedConfig next : inOrder.subList(1, inOrder.size())) {
            combined = ConfigMerge.combine(combined, next);
        }
        return combined;
    }

    private LoadedConfig read(String id, List<ConfigNode> documents, Location location, Problems problems) {
        return read(id, documents, location, new OperatorTrust(environment, hosts), false, problems);
    }

    private static LoadedConfig read(
            String id,
            List<ConfigNode> documents,
            Location location,
            Trust trust,
            boolean ignoresUnknownKeys,
            Problems problems) {
        EnvironmentReferences references = new EnvironmentReferences(trust, problems);
        List<ConfigNode> replaced = documents.stream().map(references::replace).toList();
        ConfigNode root = new FileMerge(problems).merge(replaced, location);
        RailsConfig config = new ConfigReader(trust, problems).read(id, root, ignoresUnknownKeys);
        return new LoadedConfig(config, trust, problems.inOrder());
    }

    private static String idOf(Path folderOrFile) {
        String name = ConfigFolders.nameOf(folderOrFile, UNNAMED);
        return Files.isDirectory(folderOrFile) ? name : name.replaceFirst("\\.ya?ml$", "");
    }
}
