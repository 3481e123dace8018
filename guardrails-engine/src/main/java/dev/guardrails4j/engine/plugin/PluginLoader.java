package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads the plug-ins of some folders, each by a class loader of its own. A plug-in that cannot be used, for whatever
 * reason, becomes a {@link PluginProblem} and keeps no other from being loaded. Safe for use by many threads.
 */
public final class PluginLoader {

    private static final Logger LOGGER = LoggerFactory.getLogger(PluginLoader.class);
    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_PLUGINS = 1_000;

    private final List<PluginFolder> folders;
    private final PrivateCopies copies;
    private final PluginTrust trust;
    private final Duration timeLimit;
    private Map<Path, LoadedPlugin> loaded = Map.of();
    private Map<String, Object> stampsWhenLoaded = Map.of();

    /**
     * @param folders where to look; those of an earlier origin give their names away first, those of the same in this
     *     order. A folder named twice is read once
     * @param privateCopies a folder for copies of the jars that were dropped in, which classes are loaded from; created if
     *     it is not there, for its owner only. Copies are used again at the next start; the folder may be emptied when nothing uses it
     */
    public PluginLoader(List<PluginFolder> folders, Path privateCopies) {
        this(folders, privateCopies, PluginTrust.EVERYBODY);
    }

    /** @param trust which of the jars that were dropped in are let in */
    public PluginLoader(List<PluginFolder> folders, Path privateCopies, PluginTrust trust) {
        this(folders, privateCopies, trust, TIME_LIMIT);
    }

    /** @param timeLimit how long the classes of one plug-in may take to be created and asked for their names */
    PluginLoader(List<PluginFolder> folders, Path privateCopies, PluginTrust trust, Duration timeLimit) {
        this.folders = folders.stream()
                .sorted(Comparator.comparing(PluginFolder::origin))
                .toList();
        this.copies = new PrivateCopies(privateCopies);
        this.trust = trust;
        this.timeLimit = timeLimit;
    }

    /**
     * Looks at the folders and loads what is there now. What has not changed since the last call is not loaded again, and
     * of what cannot be used as it is now, the version before stays.
     *
     * @return what was found, with a problem for everything that cannot be used
     * @throws IllegalStateException if the calling thread is interrupted
     */
    public synchronized Catalogue load() {
        // Before anything is read: what is written from now on is a change.
        stampsWhenLoaded = stamps();
        Map<Path, LoadedPlugin> next = new LinkedHashMap<>();
        List<Findings> findings = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (PluginFolder folder : folders) {
            if (seen.add(folder.path().toAbsolutePath().normalize())) {
                findings.addAll(load(folder, next));
            }
        }
        loaded = Map.copyOf(next);
        return Catalogue.of(findings);
    }

    /** What can be seen of the folders' jars now without reading them, by their paths. */
    public Map<String, Object> stamps() {
        Map<String, Object> stamps = new HashMap<>();
        folders.forEach(folder -> stamps.putAll(folder.stamps()));
        return stamps;
    }

    /** What was to be seen of them when they were last loaded. */
    public synchronized Map<String, Object> stampsWhenLoaded() {
        return stampsWhenLoaded;
    }

    private List<Findings> load(PluginFolder folder, Map<Path, LoadedPlugin> next) {
        List<Findings> findings = new ArrayList<>();
        try {
            List<PluginFile> files = folder.files();
            folder.passedOver().forEach(entry -> LOGGER.info("passing over {}: not a jar", entry));
            for (PluginFile file : files.subList(0, Math.min(files.size(), MAX_PLUGINS))) {
                LoadedPlugin plugin = load(file);
                next.put(file.path(), plugin);
                findings.add(plugin.findings());
            }
            if (files.size() > MAX_PLUGINS) {
                findings.add(Findings.refused(
                        folder.path().toString(),
                        "the folder holds " + files.size() + " plug-ins, of which only the first " + MAX_PLUGINS
                                + " are loaded; put several rails into one jar"));
            }
        } catch (IOException | UncheckedIOException e) {
            findings.add(Findings.refused(folder.path().toString(), unreadable(e)));
            // It may be readable again in a moment: a network folder, for one.
            loaded.forEach((path, plugin) -> {
                if (folder.path().equals(path.getParent()) && next.putIfAbsent(path, plugin) == null) {
                    findings.add(plugin.findings());
                }
            });
        } catch (PluginFaultException e) {
            findings.add(Findings.refused(folder.path().toString(), Fault.describe(e)));
        }
        return findings;
    }

    private LoadedPlugin load(PluginFile file) {
        Optional<LoadedPlugin> before = Optional.ofNullable(loaded.get(file.path()));
        List<PluginJar> jars;
        try {
            jars = jarsOf(file);
        } catch (PluginFaultException e) {
            return LoadedPlugin.of(List.of(), Findings.refused(file.name(), Fault.describe(e)), file, before);
        } catch (IOException | UncheckedIOException e) {
            return LoadedPlugin.of(List.of(), Findings.refused(file.name(), unreadable(e)), file, before);
        }
        return before.filter(plugin -> plugin.jars().equals(jars))
                .orElseGet(() -> LoadedPlugin.of(jars, load(file, jars), file, before));
    }

    private List<PluginJar> jarsOf(PluginFile file) throws IOException {
        List<PluginJar> jars = new ArrayList<>();
        for (Path jar : file.jars()) {
            if (file.origin() == Plugin.Origin.BUNDLED) {
                jars.add(PluginJar.bundled(file.nameOf(jar), jar));
            } else {
                Path copy = copies.of(jar);
                jars.add(new PluginJar(file.nameOf(jar), copy, PrivateCopies.sumOf(copy)));
            }
        }
        return List.copyOf(jars);
    }

    private Findings load(PluginFile file, List<PluginJar> jars) {
        try {
            if (file.origin() == Plugin.Origin.DROPPED) {
                requireTrusted(jars);
                jars.forEach(PluginJar::requireWhole);
            }
            PluginManifest manifest = PluginJar.inspect(jars);
            return scan(file, jars, manifest.description()).and(file.name(), manifest.complaints());
        } catch (PluginFaultException e) {
            return Findings.refused(file.name(), Fault.describe(e));
        } catch (IOException | UncheckedIOException e) {
            return Findings.refused(file.name(), unreadable(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while loading plug-in " + file.name(), e);
        } catch (Exception | LinkageError | StackOverflowError e) {
            Fault.rethrowFatal(e);
            return Findings.refused(file.name(), Fault.describe(e));
        }
    }

    /** What came with the distribution is trusted as the program itself. */
    private void requireTrusted(List<PluginJar> jars) {
        for (PluginJar jar : jars) {
            trust.complaint(jar).ifPresent(complaint -> {
                throw new PluginFaultException(complaint);
            });
        }
    }

    private Findings scan(PluginFile file, List<PluginJar> jars, PluginDescription description) throws Exception {
        PluginClassLoader loader = new PluginClassLoader(file, jars, PluginLoader.class.getClassLoader());
        Plugin plugin = new Plugin(file.name(), Optional.of(file.path()), file.origin(), description, loader);
        ServiceScan scan = new ServiceScan(
                file.name(), loader, type -> type.getClassLoader() == loader ? Optional.of(plugin) : Optional.empty());
        Findings findings = search(plugin, scan);
        if (!findings.plugins().isEmpty()) {
            return findings;
        }
        loader.close();
        return findings.problems().isEmpty()
                ? Findings.refused(
                        file.name(),
                        "its files in META-INF/services name no class of the plug-in; name its classes, one a line")
                : findings;
    }

    private Findings search(Plugin plugin, ServiceScan scan) throws Exception {
        try {
            return new TimeLimit(timeLimit).call(plugin, "load " + plugin.name(), scan::run, scan::step);
        } catch (TimeLimit.Exceeded e) {
            throw new PluginFaultException(e.getMessage()
                    + "; nothing of it is used. Constructors and static initializers must not wait for anything: do what "
                    + "takes long in configure or connect");
        }
    }

    private static String unreadable(Exception thrown) {
        return "cannot be read or copied (" + Fault.quote(thrown.toString())
                + "); check that the server's user may read it, and the space on the disk";
    }
}
