package dev.guardrails4j.engine.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;

/**
 * Loads the plug-ins of some folders, each by a class loader of its own. A plug-in that cannot be used, for whatever
 * reason, becomes a {@link PluginProblem} and keeps no other from being loaded. Safe for use by many threads.
 */
public final class PluginLoader {

    private static final Duration TIME_LIMIT = Duration.ofSeconds(10);
    private static final int MAX_PLUGINS = 1_000;

    private final List<PluginFolder> folders;
    private final PrivateCopies copies;
    private final PluginTrust trust;
    private final Duration timeLimit;

    /**
     * @param folders where to look; those of an earlier origin give their names away first, those of the same in this
     *     order. A folder named twice is read once
     * @param privateCopies a folder for copies of the jars, which classes are loaded from; created if it is not there, for
     *     its owner only. Copies are used again at the next start; the folder may be emptied when nothing uses it
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
     * Looks at the folders and loads what is there now. Each call makes class loaders anew.
     *
     * @return what was found, with a problem for everything that cannot be used
     * @throws IllegalStateException if the calling thread is interrupted
     */
    public Catalogue load() {
        List<Findings> findings = new ArrayList<>();
        Set<Path> seen = new HashSet<>();
        for (PluginFolder folder : folders) {
            if (seen.add(folder.path().toAbsolutePath().normalize())) {
                findings.addAll(load(folder));
            }
        }
        return Catalogue.of(findings);
    }

    private List<Findings> load(PluginFolder folder) {
        List<PluginFile> files;
        try {
            files = folder.files();
        } catch (IOException | UncheckedIOException e) {
            return List.of(Findings.refused(folder.path().toString(), unreadable(e)));
        } catch (PluginFaultException e) {
            return List.of(Findings.refused(folder.path().toString(), Fault.describe(e)));
        }
        List<Findings> findings = new ArrayList<>();
        for (PluginFile file : files.subList(0, Math.min(files.size(), MAX_PLUGINS))) {
            findings.add(load(file));
        }
        if (files.size() > MAX_PLUGINS) {
            findings.add(Findings.refused(
                    folder.path().toString(),
                    "the folder holds " + files.size() + " plug-ins, of which only the first " + MAX_PLUGINS
                            + " are loaded; put several rails into one jar"));
        }
        return findings;
    }

    private Findings load(PluginFile file) {
        try {
            List<PluginJar> jars = new ArrayList<>();
            for (Path jar : file.jars()) {
                Path copy = copies.of(jar);
                jars.add(new PluginJar(file.nameOf(jar), copy, PrivateCopies.sumOf(copy)));
            }
            requireTrusted(file, jars);
            PluginManifest manifest = PluginJar.inspect(jars);
            return scan(file, jars, manifest.description()).and(file.name(), manifest.complaints());
        } catch (PluginFaultException e) {
            return Findings.refused(file.name(), Fault.describe(e));
        } catch (IOException | UncheckedIOException e) {
            return Findings.refused(file.name(), unreadable(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while loading plug-in " + file.name(), e);
        } catch (ExecutionException | RuntimeException e) {
            Fault.rethrowFatal(e);
            return Findings.refused(file.name(), Fault.describe(e));
        }
    }

    /** What came with the distribution is trusted as the program itself. */
    private void requireTrusted(PluginFile file, List<PluginJar> jars) {
        if (file.origin() != Plugin.Origin.DROPPED) {
            return;
        }
        for (PluginJar jar : jars) {
            trust.complaint(jar).ifPresent(complaint -> {
                throw new PluginFaultException(complaint);
            });
        }
    }

    private Findings scan(PluginFile file, List<PluginJar> jars, PluginDescription description)
            throws IOException, ExecutionException, InterruptedException {
        PluginClassLoader loader = new PluginClassLoader(file.name(), jars, PluginLoader.class.getClassLoader());
        Plugin plugin = new Plugin(file.name(), Optional.of(file.path()), file.origin(), description, loader);
        ServiceScan scan = new ServiceScan(
                file.name(), loader, type -> type.getClassLoader() == loader ? Optional.of(plugin) : Optional.empty());
        Findings findings = new TimeLimit(timeLimit).run(plugin, scan);
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

    private static String unreadable(Exception thrown) {
        return "cannot be read or copied (" + Fault.quote(thrown.toString())
                + "); check that the server's user may read it, and the space on the disk";
    }
}
