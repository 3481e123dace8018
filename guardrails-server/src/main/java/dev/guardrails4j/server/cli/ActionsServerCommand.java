package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.watch.ChangeWatch;
import dev.guardrails4j.server.configs.Workspaces;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.http.Challenges;
import dev.guardrails4j.server.http.GuardrailsServer;
import dev.guardrails4j.server.http.ServerParts;
import dev.guardrails4j.server.http.ServerSettings;
import dev.guardrails4j.server.settings.PluginSettings;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code guardrails actions-server}: executes the actions of plug-ins for others. Contract "chat server" 1.10. */
@Command(
        name = "actions-server",
        description = {
            "Executes the actions of plug-ins for clients, and for servers whose configurations name it",
            "as actions_server_url. Whoever reaches it can execute every action."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails actions-server --plugins my-actions",
            "  curl -s localhost:8001/v1/actions/list",
            "  curl -s localhost:8001/v1/actions/run -H 'Content-Type: application/json' \\",
            "    -d '{\"action_name\": \"lookup_customer\", \"action_parameters\": {\"id\": \"7\"}}'"
        })
final class ActionsServerCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(names = "--port", paramLabel = "PORT", description = "Where to listen; 0 for any free port. Default: 8001.")
    private int port = 8001;

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "On which address; 0.0.0.0 for all. Default: 127.0.0.1, this machine only.")
    private String host = "127.0.0.1";

    @Option(
            names = "--auto-reload",
            description = "Takes up jars that are dropped in, replaced or removed while the server runs.")
    private boolean autoReload;

    @Mixin
    private PluginOption plugins = new PluginOption();

    ActionsServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        PluginOption.Source source = plugins.open(surroundings, PluginSettings.DEFAULT);
        // The folder of the copies holds jars and no configuration.
        try (Engine engine = Engine.start(source.load(), surroundings.pluginCopies(), surroundings);
                ChangeWatch watch = new ChangeWatch(autoReload ? List.of(engine.watched(source)) : List.of());
                GuardrailsServer server = new GuardrailsServer(
                        settings(),
                        ServerParts.of(
                                        engine.configurations(),
                                        engine.serverConfigs(ConfigStores.none(), Workspaces.NO_MORE),
                                        engine.modelListing(),
                                        Challenges.in(surroundings.pluginCopies()),
                                        engine.threadKind())
                                .actions(Optional.of(engine.actions()))
                                .build())) {
            int boundPort = new Listening(host, port, "--host", "--port").start(server::start);
            watch.start();
            PluginReport.printProblems(engine.catalogue(), out);
            List<String> names = engine.actions().names();
            out.printf(
                    "%s on http://%s:%d/v1/actions/run%s%n",
                    Wording.count(names.size(), "action"),
                    host.contains(":") ? "[" + host + "]" : host,
                    boundPort,
                    names.isEmpty() ? "" : ": " + String.join(", ", names));
            out.flush();
            try (Shutdown shutdown = Shutdown.onSignal()) {
                shutdown.await(out);
            }
        }
        out.println("Stopped.");
        return ExitCode.OK;
    }

    private ServerSettings settings() {
        try {
            return ServerSettings.on(host, port).build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
