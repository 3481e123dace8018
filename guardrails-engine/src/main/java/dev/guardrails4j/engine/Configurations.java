package dev.guardrails4j.engine;

import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.config.ConfigLoader;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.engine.config.LoadedConfig;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.pipeline.BlueprintCompiler;
import dev.guardrails4j.engine.pipeline.Pipeline;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.EngineObserver.Reloaded;
import dev.guardrails4j.engine.watch.Watched;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The configurations below a root folder, each compiled when it is first asked for and kept until it is reloaded. Safe for
 * use by many threads.
 */
@Singleton
public final class Configurations implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Configurations.class);

    private final ConfigFolders folders;
    private final ConfigLoader loader;
    private final BlueprintCompiler compiler;
    private final Pipeline pipeline;
    private final EngineObserver observer;
    private volatile Snapshot current;
    private volatile long generation;
    private volatile boolean closed;

    @Inject
    Configurations(
            ConfigFolders folders,
            ConfigLoader loader,
            BlueprintCompiler compiler,
            Pipeline pipeline,
            EngineObserver observer) {
        this.folders = folders;
        this.loader = loader;
        this.compiler = compiler;
        this.pipeline = pipeline;
        this.observer = observer;
        this.current = new Snapshot(this::compile, pipeline);
    }

    /** The rails, actions and model providers that configurations are compiled with. */
    public Catalogue plugins() {
        return compiler.catalogue();
    }

    /** The ids there are, sorted, read anew from the folder. */
    public List<String> ids() {
        return folders.ids();
    }

    /** Whether there is a configuration of an id; looked up in the folder at each call. */
    public boolean contains(String id) {
        return folders.contains(id);
    }

    /** The only id, if the root folder is itself a configuration. */
    public Optional<String> singleId() {
        return folders.singleId();
    }

    /**
     * The guardrails of a configuration, or of several combined: contract "chat server" 4. They stay as they are until
     * they are closed, whatever happens to the configuration.
     *
     * @param ids at least one
     * @return to be closed by the caller when its request has ended
     * @throws dev.guardrails4j.engine.config.InvalidConfigIdException if there is no such configuration
     * @throws InvalidConfigException if it cannot be used; a broken configuration is read again after some seconds
     */
    public Guardrails open(List<String> ids) {
        List<String> inOrder = List.copyOf(ids);
        Optional<Guardrails> opened = Optional.empty();
        while (opened.isEmpty()) {
            if (closed) {
                throw new IllegalStateException("The configurations are closed");
            }
            // Empty if another snapshot took its place between the two steps.
            opened = current.open(inOrder);
        }
        return opened.get();
    }

    /**
     * Reads and compiles anew what is made of any of these configurations. Requests find all of the result at once; those
     * that run end on what they have opened. A version that cannot be used leaves the one before it in its place, until
     * one can or the configuration is removed; the log says so.
     *
     * @param ids of configurations that were changed, added or removed
     */
    public synchronized void reload(Set<String> ids) {
        Snapshot before = current;
        Snapshot next = new Snapshot(this::compile, pipeline);
        new Reload(ids, before.compiled(), this::compile).into(next);
        current = next;
        generation++;
        before.replaced();
        observer.reloaded(Reloaded.CONFIGURATIONS);
    }

    /** Reads and compiles anew all that was compiled. */
    synchronized void reloadAll() {
        reload(current.compiled().keySet().stream().flatMap(List::stream).collect(Collectors.toSet()));
    }

    /** The folder's files, to be watched, so that what changes is reloaded. */
    public Watched watched() {
        return new Watched("configurations", folders::stamps, this::reload);
    }

    /** What is wrong with the newest version of configurations of which an earlier one is served. */
    public Map<List<String>, List<Problem>> outdated() {
        return current.compiled().entrySet().stream()
                .filter(entry -> entry.getValue().isOutdated())
                .collect(Collectors.toUnmodifiableMap(
                        Map.Entry::getKey, entry -> entry.getValue().problems()));
    }

    /**
     * What a configuration's files say, put together, in plain values: references to the environment as they are written.
     *
     * @throws dev.guardrails4j.engine.config.InvalidConfigIdException if there is no such configuration
     */
    public Map<String, Object> source(String id) {
        return loader.source(folders.folder(id));
    }

    /**
     * When a configuration's main file was changed.
     *
     * @throws dev.guardrails4j.engine.config.InvalidConfigIdException if there is no such configuration
     */
    public Instant changedAt(String id) {
        return folders.changedAt(id);
    }

    /** How often they were reloaded. */
    long generation() {
        return generation;
    }

    /** What those that can be used reach, taken together. */
    Reach reach() {
        Reach reach = Reach.NOTHING;
        for (String id : ids()) {
            try (Guardrails guardrails = open(List.of(id))) {
                reach = reach.and(guardrails.reach());
            } catch (InvalidConfigException | InvalidConfigIdException unusable) {
                LOG.debug("The configuration {} allows callers nothing: it cannot be used", id);
            }
        }
        return reach;
    }

    private Compiled compile(List<String> ids) {
        List<LoadedConfig> parts =
                ids.stream().map(folders::folder).map(loader::load).toList();
        try {
            LoadedConfig whole = parts.size() == 1 ? parts.get(0) : ConfigLoader.combine(parts);
            return Compiled.of(compiler.compile(whole));
        } catch (InvalidConfigException e) {
            return Compiled.broken(e.problems());
        }
    }

    /** Closes what no request uses; the rest is closed when its last request has ended. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            current.replaced();
        }
    }
}
