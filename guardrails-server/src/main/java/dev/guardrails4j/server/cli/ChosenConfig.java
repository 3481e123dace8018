package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.Guardrails;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say which one configuration a command works with. */
final class ChosenConfig {

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--config-id",
            paramLabel = "ID",
            description = "Which configuration, if --config is a folder of several.")
    private Optional<String> configId = Optional.empty();

    /** Where configurations are. */
    ConfigRoot root(Surroundings surroundings) {
        return config.root(surroundings);
    }

    /**
     * Opens the chosen one, and prints what is wrong with it.
     *
     * @return to be closed by the caller
     * @throws CommandFailure if it cannot be used, or if it is not clear which is meant
     */
    Chosen open(Engine engine, ConfigRoot root, PrintWriter out) {
        String id = choose(engine, root);
        ConfigReport report = engine.report(id);
        report.printProblems(out);
        if (!report.isUsable()) {
            throw new CommandFailure("the configuration '%s' cannot be used".formatted(id));
        }
        return new Chosen(id, engine.configurations().open(List.of(id)));
    }

    /**
     * A configuration that can be used.
     *
     * @param id which
     * @param guardrails what it was compiled to
     */
    record Chosen(String id, Guardrails guardrails) implements AutoCloseable {

        @Override
        public void close() {
            guardrails.close();
        }
    }

    private String choose(Engine engine, ConfigRoot root) {
        List<String> ids = root.ids(engine.configurations());
        String id = configId.or(root::defaultId)
                .or(() -> ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty())
                .orElseThrow(() -> new CommandFailure("%s has several configurations; choose one with --config-id: %s"
                        .formatted(root.path(), String.join(", ", ids))));
        root.requireKnown(id, ids);
        return id;
    }
}
