package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.plugin.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code guardrails chat}: talks to a configuration in the terminal. */
@Command(
        name = "chat",
        description = {
            "Talks to a configuration in the terminal and shows which rails ran.",
            "Answers are shown while they are written, if the configuration's output rails allow streaming.",
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
    private ChosenConfig config = new ChosenConfig();

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
        try (Engine engine = Engine.start(catalogue, root.path(), surroundings);
                ChosenConfig.Chosen chosen = config.open(engine, root, out)) {
            if (surroundings.isInteractive()) {
                out.printf("Talking to '%s'. /quit ends it.%n", chosen.id());
            }
            new Conversation(chosen.guardrails(), out).run(surroundings.typed(), surroundings.isInteractive());
        }
        return ExitCode.OK;
    }
}
