package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.plugin.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code guardrails chat}: talks to a configuration in the terminal. */
@Command(
        name = "chat",
        description = {
            "Talks to a configuration in the terminal and shows which rails ran.",
            "Needs no server. Each line is a message; /quit or the end of the input ends it."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails chat                               the bundled example 'quickstart'",
            "  guardrails chat --config my-configs/support",
            "  guardrails chat --config my-configs --config-id support < questions.txt"
        })
final class ChatCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Option(
            names = "--config-id",
            paramLabel = "ID",
            description = "Which configuration, if --config is a folder of several.")
    private Optional<String> configId = Optional.empty();

    @Mixin
    private PluginOption plugins = new PluginOption();

    ChatCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        ConfigRoot root = config.root(surroundings);
        Catalogue catalogue = plugins.load(surroundings);
        PluginReport.printProblems(catalogue, out);
        try (Engine engine = Engine.start(catalogue, root.path(), surroundings)) {
            String id = choose(engine.configurations(), root);
            ConfigReport report = engine.report(id);
            report.printProblems(out);
            if (!report.isUsable()) {
                throw new CommandFailure("the configuration '%s' cannot be used".formatted(id));
            }
            if (surroundings.isInteractive()) {
                out.printf("Talking to '%s'. /quit ends it.%n", id);
            }
            try (Guardrails guardrails = engine.configurations().open(List.of(id))) {
                new Conversation(guardrails, out).run(surroundings.input(), surroundings.isInteractive());
            }
        }
        return ExitCode.OK;
    }

    private String choose(Configurations configurations, ConfigRoot root) {
        List<String> ids = root.ids(configurations);
        String id = configId.or(root::defaultId)
                .or(() -> ids.size() == 1 ? Optional.of(ids.get(0)) : Optional.empty())
                .orElseThrow(() -> new CommandFailure("%s has several configurations; choose one with --config-id: %s"
                        .formatted(root.path(), String.join(", ", ids))));
        root.requireKnown(id, ids);
        return id;
    }
}
