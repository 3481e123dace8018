package dev.guardrails4j.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.config.ConfigLoader;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.LoadedConfig;
import dev.guardrails4j.engine.pipeline.BlueprintCompiler;
import dev.guardrails4j.engine.pipeline.Pipeline;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The configurations below a root folder, each compiled when it is first asked for and kept. Safe for use by many threads.
 */
public final class Configurations {

    private static final int MAX_COMBINATIONS = 1_000;
    private static final Duration BROKEN_FOR = Duration.ofSeconds(5);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    private final ConfigFolders folders;
    private final ConfigLoader loader;
    private final BlueprintCompiler compiler;
    private final Pipeline pipeline;
    private final Cache<List<String>, Compiled> compiled = Caffeine.newBuilder()
            .maximumSize(MAX_COMBINATIONS)
            .expireAfter(Expiry.<List<String>, Compiled>creating((ids, outcome) -> outcome.keptFor()))
            .build();

    @Inject
    Configurations(ConfigFolders folders, ConfigLoader loader, BlueprintCompiler compiler, Pipeline pipeline) {
        this.folders = folders;
        this.loader = loader;
        this.compiler = compiler;
        this.pipeline = pipeline;
    }

    /** The ids there are, sorted, read anew from the folder. */
    public List<String> ids() {
        return folders.ids();
    }

    /** The only id, if the root folder is itself a configuration. */
    public Optional<String> singleId() {
        return folders.singleId();
    }

    /**
     * The guardrails of a configuration, or of several combined: contract "chat server" 4. Not to be closed by the caller.
     *
     * @param ids at least one
     * @throws dev.guardrails4j.engine.config.InvalidConfigIdException if there is no such configuration
     * @throws InvalidConfigException if it cannot be used; a broken configuration is read again after some seconds
     */
    public Guardrails get(List<String> ids) {
        return compiled.get(List.copyOf(ids), this::compile).get();
    }

    private Compiled compile(List<String> ids) {
        List<LoadedConfig> parts =
                ids.stream().map(folders::folder).map(loader::load).toList();
        try {
            LoadedConfig whole = parts.size() == 1 ? parts.get(0) : ConfigLoader.combine(parts);
            Guardrails guardrails = new Guardrails(compiler.compile(whole), pipeline, () -> {});
            return new Compiled(Optional.of(guardrails), Optional.empty());
        } catch (InvalidConfigException e) {
            return new Compiled(Optional.empty(), Optional.of(e));
        }
    }

    /** Guardrails, or why there are none. */
    private record Compiled(Optional<Guardrails> guardrails, Optional<InvalidConfigException> problem) {

        Duration keptFor() {
            return guardrails.isPresent() ? FOR_EVER : BROKEN_FOR;
        }

        Guardrails get() {
            return guardrails.orElseThrow(
                    () -> new InvalidConfigException(problem.orElseThrow().problems()));
        }
    }
}
