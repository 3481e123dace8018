package dev.guardrails4j.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.engine.pipeline.Pipeline;
import dev.guardrails4j.engine.watch.Users;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The compiled configurations that requests see from one reload to the next. Each is compiled when it is first asked for;
 * none changes. A snapshot that was replaced is closed when nobody opens a configuration of it any more, and each of its
 * blueprints when the last request on it has ended and no later snapshot has it. Safe for use by many threads.
 */
final class Snapshot {

    private static final int MAX_COMBINATIONS = 1_000;

    private final Function<List<String>, Compiled> compiler;
    private final Pipeline pipeline;
    private final Users users = new Users(this::forget);
    private final Cache<List<String>, Compiled> compiled = Caffeine.newBuilder()
            .maximumSize(MAX_COMBINATIONS)
            .expireAfter(Expiry.<List<String>, Compiled>creating((ids, outcome) -> outcome.keptFor()))
            .executor(Runnable::run)
            .removalListener(Snapshot::leave)
            .build();

    /** @param compiler compiles configurations by their ids; throws InvalidConfigIdException if one is not there */
    Snapshot(Function<List<String>, Compiled> compiler, Pipeline pipeline) {
        this.compiler = compiler;
        this.pipeline = pipeline;
    }

    /**
     * Opens a configuration; empty if the snapshot has been replaced.
     *
     * @throws InvalidConfigIdException if there is no such configuration
     * @throws dev.guardrails4j.engine.config.InvalidConfigException if it cannot be used
     */
    Optional<Guardrails> open(List<String> ids) {
        if (!users.enter()) {
            return Optional.empty();
        }
        try {
            Optional<Guardrails> opened = Optional.empty();
            while (opened.isEmpty()) {
                // Empty if it made room for another between the two steps.
                opened = compiled.get(ids, compiler).open(pipeline);
            }
            return opened;
        } finally {
            users.leave();
        }
    }

    /** Takes over what another snapshot has compiled. */
    void keep(List<String> ids, Compiled outcome) {
        if (outcome.users().enter()) {
            compiled.put(ids, outcome);
        }
    }

    /** Takes what was compiled for this one. */
    void add(List<String> ids, Compiled outcome) {
        compiled.put(ids, outcome);
    }

    /** What it has compiled so far. */
    Map<List<String>, Compiled> compiled() {
        return Map.copyOf(compiled.asMap());
    }

    /** To be called once, when requests no longer find it. */
    void replaced() {
        users.leave();
    }

    private void forget() {
        compiled.invalidateAll();
    }

    private static void leave(@Nullable List<String> ids, @Nullable Compiled outcome, RemovalCause cause) {
        if (outcome != null) {
            outcome.users().leave();
        }
    }
}
