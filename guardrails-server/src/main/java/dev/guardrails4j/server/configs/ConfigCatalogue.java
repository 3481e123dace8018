package dev.guardrails4j.server.configs;

import dev.guardrails4j.engine.CallerConfigurations;
import dev.guardrails4j.engine.CompilerBusyException;
import dev.guardrails4j.engine.ConfigPart;
import dev.guardrails4j.engine.config.CallerConfig;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.configs.store.ConfigRefusedException;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.StoredConfig;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.RequestBody;
import dev.guardrails4j.server.wire.RequestException;
import dev.guardrails4j.server.wire.Violation;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The configurations that callers list, read and write, contract "checks" 8: theirs, and the operator's, which they may not
 * change. What is written is validated as strictly as a file. Safe for use by many threads.
 */
public final class ConfigCatalogue {

    /** In characters of JSON. */
    private static final int LONGEST_PAGE = 8 << 20;

    private static final String CHANGED = "Concurrent modification - please retry.";

    private final ConfigStore store;
    private final OperatorConfigs operators;
    private final CallerConfigurations validator;
    private final Workspaces workspaces;
    private final InstantSource clock;

    ConfigCatalogue(
            ConfigStore store,
            OperatorConfigs operators,
            CallerConfigurations validator,
            Workspaces workspaces,
            InstantSource clock) {
        this.store = store;
        this.operators = operators;
        this.validator = validator;
        this.workspaces = workspaces;
        this.clock = clock;
    }

    /** The configuration of a name; empty if there is none. */
    public Optional<StoredConfig> find(ConfigReference reference) {
        return operators.contains(reference) ? operators.find(reference) : store.find(reference);
    }

    /**
     * Lists the configurations of a workspace.
     *
     * @param query the parameters of the request
     * @param visible which of them
     * @throws RequestException if there is no such workspace, or the parameters are not right
     */
    public ConfigPage list(String workspace, Map<String, List<String>> query, Predicate<ConfigReference> visible) {
        ConfigQuery wanted = ConfigQuery.read(query, ConfigDialect.PLATFORM);
        if (!workspaces.contains(workspace)) {
            throw RequestException.of(404, "Workspace '" + workspace + "' not found");
        }
        return page(
                wanted,
                store.entries().stream()
                        .filter(entry -> entry.reference().workspace().equals(workspace)),
                operators.entries(workspace),
                visible);
    }

    /**
     * Lists the configurations of all workspaces but {@code system}, which the microservice of contract "checks" 8.3 does not
     * have.
     *
     * @param visible which of them
     * @throws RequestException if the parameters are not right
     */
    public ConfigPage listAll(Map<String, List<String>> query, Predicate<ConfigReference> visible) {
        return page(
                ConfigQuery.read(query, ConfigDialect.V1),
                store.entries().stream(),
                operators.entries(Workspaces.DEFAULT),
                visible);
    }

    private ConfigPage page(
            ConfigQuery query,
            Stream<ConfigEntry> stored,
            List<ConfigEntry> operators,
            Predicate<ConfigReference> visible) {
        Map<ConfigReference, ConfigEntry> byName = new HashMap<>();
        // A folder that was added later has taken the name of what was stored.
        Stream.concat(stored, operators.stream())
                .filter(entry -> visible.test(entry.reference()))
                .forEach(entry -> byName.put(entry.reference(), entry));
        List<ConfigEntry> selected = query.select(byName.values());
        return new ConfigPage(
                found(query.page(selected)), query.page(), query.pageSize(), selected.size(), query.sort());
    }

    private List<StoredConfig> found(List<ConfigEntry> entries) {
        List<StoredConfig> found = new ArrayList<>();
        long length = 0;
        for (ConfigEntry entry : entries) {
            // Empty if it was deleted since.
            Optional<StoredConfig> config = find(entry.reference());
            config.ifPresent(found::add);
            length += config.flatMap(StoredConfig::data)
                    .map(data -> data.toString().length())
                    .orElse(0);
            if (length > LONGEST_PAGE) {
                throw RequestException.of(
                        400,
                        "The page is longer than %d MiB; ask for a smaller page_size".formatted(LONGEST_PAGE >> 20));
            }
        }
        return found;
    }

    /**
     * Adds a configuration.
     *
     * @param workspace where; empty for where the body says
     * @param body the request's
     * @param permission refuses names that the caller may not write, before it is told whether they are taken
     * @throws RequestException if it is not right, there is one of its name, or there is no room for it
     */
    public StoredConfig create(Optional<String> workspace, byte[] body, Consumer<ConfigReference> permission) {
        Field whole = RequestBody.parse(body);
        ConfigDialect dialect = workspace.isPresent() ? ConfigDialect.PLATFORM : ConfigDialect.V1;
        String name = name(whole.at("name"));
        String home =
                workspace.orElseGet(() -> whole.at("namespace").optionalString().orElse(Workspaces.DEFAULT));
        ConfigContent content = ConfigContent.EMPTY.with(whole, dialect);
        whole.violations().throwIfAny();
        ConfigReference reference = new ConfigReference(home, name);
        permission.accept(reference);
        requireWritable(home);
        if (find(reference).isPresent()) {
            throw RequestException.of(409, dialect.alreadyExists(name));
        }
        validate(reference, content);
        Instant now = now();
        StoredConfig created = new StoredConfig(
                new ConfigEntry(reference, ConfigIds.random(), 0, content.description(), content.labels(), now, now),
                content.data());
        write(created.entry(), dialect, () -> store.create(created));
        return created;
    }

    private static String name(Field field) {
        String name = field.string().orElse("");
        if (field.node().isTextual() && !ConfigReference.isName(name)) {
            field.reject("String should be " + ConfigReference.NAME_RULE);
        }
        return name;
    }

    private void requireWritable(String workspace) {
        if (workspace.equals(Workspaces.SYSTEM)) {
            throw RequestException.of(403, "Workspace 'system' is read-only.");
        }
        if (!workspaces.contains(workspace)) {
            throw RequestException.of(
                    422, "Workspace '" + workspace + "' does not exist. Please create the workspace first.");
        }
    }

    /** Compiles it, so that what is stored can be used. */
    private void validate(ConfigReference reference, ConfigContent content) {
        content.data().ifPresent(data -> {
            if (SecretMask.isIn(data)) {
                throw RequestException.invalid(List.of(new Violation(
                        "data",
                        "Secrets are masked when they are read; write each itself, or name the variable that holds it",
                        false)));
            }
            try {
                validator.validate(new ConfigPart.OfCaller(CallerConfig.stored(reference.toString(), data)));
            } catch (InvalidConfigException e) {
                throw RequestException.invalid(ConfigViolations.ofStored(e.problems()));
            } catch (CompilerBusyException e) {
                throw RequestException.withCode(503, String.valueOf(e.getMessage()), "queue_full");
            }
        });
    }

    /**
     * Changes what a body gives of a configuration, and nothing else.
     *
     * @param due in which state it has to be, as {@link ConfigEntry#stamp} tells it
     * @param body the request's
     * @return empty if there is none of this name
     * @throws RequestException if the body is not right, or the configuration is in another state or not to be changed
     */
    public Optional<StoredConfig> change(
            ConfigReference reference, ConfigDialect dialect, Predicate<String> due, byte[] body) {
        return writable(reference, due).map(before -> {
            Field whole = RequestBody.parse(body);
            ConfigContent content = ConfigContent.of(before).with(whole, dialect);
            whole.violations().throwIfAny();
            if (!content.data().equals(before.data())) {
                validate(reference, content);
            }
            ConfigEntry entry = before.entry();
            StoredConfig after = new StoredConfig(
                    new ConfigEntry(
                            reference,
                            entry.id(),
                            entry.revision() + 1,
                            content.description(),
                            content.labels(),
                            entry.createdAt(),
                            now()),
                    content.data());
            write(entry, dialect, () -> store.replace(entry, after));
            return after;
        });
    }

    /**
     * Removes a configuration.
     *
     * @param due in which state it has to be
     * @return what was removed; empty if there is none of this name
     * @throws RequestException if it is in another state or not to be removed
     */
    public Optional<ConfigEntry> delete(ConfigReference reference, ConfigDialect dialect, Predicate<String> due) {
        return writable(reference, due).map(StoredConfig::entry).map(entry -> {
            write(entry, dialect, () -> store.delete(entry));
            return entry;
        });
    }

    private Optional<StoredConfig> writable(ConfigReference reference, Predicate<String> due) {
        if (operators.contains(reference)) {
            throw RequestException.of(403, "Guardrail config '" + reference + "' is read-only.");
        }
        Optional<StoredConfig> found = store.find(reference);
        if (!found.map(config -> due.test(config.entry().stamp())).orElse(true)) {
            throw RequestException.of(409, CHANGED);
        }
        return found;
    }

    private static void write(ConfigEntry entry, ConfigDialect dialect, Runnable change) {
        try {
            change.run();
        } catch (ConfigRefusedException e) {
            throw switch (e.reason()) {
                case EXISTS ->
                    RequestException.of(
                            409, dialect.alreadyExists(entry.reference().name()));
                case CHANGED -> RequestException.of(409, CHANGED);
                case FULL -> RequestException.of(507, String.valueOf(e.getMessage()));
                case OFF -> RequestException.of(403, String.valueOf(e.getMessage()));
            };
        }
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
