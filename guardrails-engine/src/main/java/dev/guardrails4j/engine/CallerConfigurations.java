package dev.guardrails4j.engine;

import com.github.benmanes.caffeine.cache.AsyncCache;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import dev.guardrails4j.engine.CallerCompiler.Measured;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.config.ConfigLoader;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.engine.config.LoadedConfig;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.pipeline.BlueprintCompiler;
import dev.guardrails4j.engine.pipeline.Pipeline;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Configurations of callers, DESIGN 8, alone or combined with others. Each is compiled once for its content, and kept while
 * there is room: an eighth of the memory, 256 MiB at most. They reach what the operator's configurations reach and nothing
 * else, from one reload of those to the next. Safe for use by many threads.
 */
@Singleton
public final class CallerConfigurations implements AutoCloseable {

    private static final long MOST_KIB =
            Math.min(256 << 10, (Runtime.getRuntime().maxMemory() / 8) >> 10);
    /** One that takes more would leave no room for others. */
    private static final long MOST_KIB_OF_ONE = MOST_KIB / 2;
    /** Of one that cannot be used, there are only its problems left. */
    private static final long MOST_KIB_OF_BROKEN = 512;

    private static final Duration REACH_KNOWN_FOR = Duration.ofSeconds(5);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

    private final Configurations operators;
    private final ConfigFolders folders;
    private final ConfigLoader loader;
    private final BlueprintCompiler compiler;
    private final Pipeline pipeline;
    private final Reach allowed;
    private final CallerCompiler threads = new CallerCompiler();
    private final AsyncCache<CombinationKey, Measured<Compiled>> compiled = Caffeine.newBuilder()
            .maximumWeight(MOST_KIB)
            .weigher((CombinationKey key, Measured<Compiled> outcome) -> kibOf(outcome))
            .expireAfter(Expiry.<CombinationKey, Measured<Compiled>>creating(
                    (key, outcome) -> outcome.made().keptFor()))
            .executor(Runnable::run)
            .removalListener(CallerConfigurations::leave)
            .buildAsync();
    private final Cache<Long, Reach> reach = Caffeine.newBuilder()
            .maximumSize(1)
            .expireAfterWrite(REACH_KNOWN_FOR)
            .build();

    @Inject
    CallerConfigurations(
            Configurations operators,
            ConfigFolders folders,
            ConfigLoader loader,
            BlueprintCompiler compiler,
            Pipeline pipeline,
            Reach allowed) {
        this.operators = operators;
        this.folders = folders;
        this.loader = loader;
        this.compiler = compiler;
        this.pipeline = pipeline;
        this.allowed = allowed;
    }

    /**
     * The guardrails of configurations, combined if they are several: contract "checks" 3.4.
     *
     * @param parts at least one; where they differ, the later one wins
     * @return to be closed by the caller when its request has ended
     * @throws InvalidConfigIdException if there is no such folder
     * @throws InvalidConfigException if they cannot be used; it names every problem
     * @throws CompilerBusyException if too many wait for being compiled
     */
    public Guardrails open(List<ConfigPart> parts) {
        if (parts.stream().allMatch(ConfigPart.OfFolder.class::isInstance)) {
            return operators.open(parts.stream().map(ConfigPart::name).toList());
        }
        CombinationKey key = new CombinationKey(
                operators.generation(),
                parts.stream().map(ConfigPart::fingerprint).toList());
        Optional<Guardrails> opened = Optional.empty();
        while (opened.isEmpty()) {
            // Empty if it made room for another between the two steps.
            opened = openOnce(key, parts);
        }
        return opened.get();
    }

    /** Makes sure that a configuration can be used; fails as {@link #open} does. */
    public void validate(ConfigPart part) {
        open(List.of(part)).close();
    }

    private Optional<Guardrails> openOnce(CombinationKey key, List<ConfigPart> parts) {
        // Whoever has it compiled enters before it is kept: one that is dropped again at once was of use to one
        // request.
        FirstUse mine = new FirstUse();
        CompletableFuture<Measured<Compiled>> outcome = compiled.get(key, (unused, executor) -> {
            requireFolders(parts);
            return threads.begin(() -> compile(parts)).thenApply(measured -> {
                Measured<Compiled> kept = refuseTooLarge(measured, parts);
                mine.opened = kept.made().isUsable() ? kept.made().open(pipeline) : Optional.empty();
                return kept;
            });
        });
        try {
            Compiled made = await(outcome).made();
            return mine.opened.isPresent() ? mine.opened : made.open(pipeline);
        } catch (RequestCancelledException | CompilerBusyException e) {
            CompletableFuture<?> unused =
                    outcome.whenComplete((made, failure) -> mine.opened.ifPresent(Guardrails::close));
            throw e;
        }
    }

    private static <T> T await(CompletableFuture<T> outcome) {
        try {
            return outcome.get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RequestCancelledException(e);
        } catch (TimeoutException e) {
            throw new CompilerBusyException();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }

    private void requireFolders(List<ConfigPart> parts) {
        parts.stream().flatMap(CallerConfigurations::folder).forEach(folders::folder);
    }

    private static Stream<String> folder(ConfigPart part) {
        if (part instanceof ConfigPart.OfCaller caller) {
            return caller.lender().stream();
        }
        return part instanceof ConfigPart.OfFolder ? Stream.of(part.name()) : Stream.empty();
    }

    private Compiled compile(List<ConfigPart> parts) {
        Reach mayReach =
                reach.get(operators.generation(), unknown -> operators.reach().and(allowed));
        List<LoadedConfig> loaded =
                parts.stream().map(part -> load(part, mayReach)).toList();
        try {
            return Compiled.of(compiler.compile(loaded.size() == 1 ? loaded.get(0) : ConfigLoader.combine(loaded)));
        } catch (InvalidConfigException e) {
            return Compiled.broken(e.problems());
        }
    }

    private LoadedConfig load(ConfigPart part, Reach mayReach) {
        if (part instanceof ConfigPart.OfCaller caller) {
            LoadedConfig read = loader.read(caller.config(), mayReach);
            return caller.lender()
                    .filter(unused -> read.config().models().isEmpty())
                    .map(lender -> read.borrowingModels(loader.load(folders.folder(lender))))
                    .orElse(read);
        }
        return part instanceof ConfigPart.BuiltIn builtIn
                ? loader.parse(builtIn.name(), builtIn.text())
                : loader.load(folders.folder(part.name()));
    }

    private static Measured<Compiled> refuseTooLarge(Measured<Compiled> measured, List<ConfigPart> parts) {
        if (!measured.made().isUsable() || kibOf(measured) <= MOST_KIB_OF_ONE) {
            return measured;
        }
        measured.made().users().leave();
        String name = parts.stream().map(ConfigPart::name).collect(Collectors.joining(","));
        return new Measured<>(
                Compiled.broken(List.of(Problem.error(
                        new Location(name, 0),
                        "takes more than %d MiB of memory; use fewer or simpler patterns"
                                .formatted(MOST_KIB_OF_ONE >> 10)))),
                0);
    }

    private static int kibOf(Measured<Compiled> outcome) {
        long most = outcome.made().isUsable() ? Integer.MAX_VALUE : MOST_KIB_OF_BROKEN;
        return (int) Math.min(most, 1 + (outcome.bytes() >> 10));
    }

    private static void leave(@Nullable CombinationKey key, @Nullable Measured<Compiled> outcome, RemovalCause cause) {
        if (outcome != null) {
            outcome.made().users().leave();
        }
    }

    /** Compiles everything anew when it is next asked for. */
    void forget() {
        compiled.synchronous().invalidateAll();
    }

    /** What whoever had a combination compiled runs on. */
    private static final class FirstUse {

        private volatile Optional<Guardrails> opened = Optional.empty();
    }

    /** What combinations are told apart by: the operator's configurations as they were, and what each part holds. */
    private record CombinationKey(long generation, List<String> fingerprints) {}

    /** Closes what no request uses; the rest is closed when its last request has ended. */
    @Override
    public void close() {
        threads.close();
        compiled.synchronous().invalidateAll();
    }
}
