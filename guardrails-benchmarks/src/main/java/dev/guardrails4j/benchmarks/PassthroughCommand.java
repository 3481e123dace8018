package dev.guardrails4j.benchmarks;

import dev.guardrails4j.benchmarks.ScenarioOptions.Figures;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The scenario "pass-through": what the server costs when it checks nothing. */
@Command(
        name = "passthrough",
        sortOptions = false,
        description =
                "Latency that the server adds at a fixed rate, and its throughput at saturation, with a configuration"
                        + " that checks nothing, beside calling the model directly and through nginx.",
        footer = {"", "Exit code 1 if any request failed or nothing could be measured."})
final class PassthroughCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Mixin
    private LoadOptions load = new LoadOptions(1000);

    @Option(
            names = "--latency",
            paramLabel = "MS",
            defaultValue = "0",
            description = "Milliseconds that the mock takes to answer; ${DEFAULT-VALUE}.")
    private int latencyMillis;

    @Option(
            names = "--guarded",
            paramLabel = "URL",
            description =
                    "Measures what answers below that address (http://host:port) instead of starting a server. It has to call"
                            + " the mock, whose port --mock-port sets.")
    private Optional<URI> guarded = Optional.empty();

    @Option(names = "--mock-port", defaultValue = "0", description = "Port of the mock; 0, the default, for any.")
    private int mockPort;

    @Override
    public Integer call() throws InterruptedException {
        LoadSettings settings = settings();
        return options.run("passthrough", occasion -> {
            LoadRun run = new LoadRun(scenario(), settings, occasion, options.progress());
            return Figures.of(
                    guarded.isPresent()
                            ? run.through(guarded.get(), mockPort)
                            : run.throughDistribution(options.launcher(), options.serverJdk(), mockPort));
        });
    }

    private LoadScenario scenario() {
        return new LoadScenario(
                "passthrough",
                List.of(new LoadScenario.Mock(MockCommand.ANSWER, latencyMillis)),
                addresses -> Map.of("pass", """
                        models: [{type: main, engine: openai, parameters: {base_url: "%s"}}]
                        passthrough: true
                        """.formatted(addresses.model(0))),
                List.of("--default-config-id", "pass", "--threads", "none"),
                List.of(new LoadScenario.Way(
                        "through the server",
                        addresses -> Target.chatCompletions(addresses.server().resolve("/v1")),
                        MockCommand.ANSWER)));
    }

    private LoadSettings settings() {
        if (mockPort < 0 || mockPort > 65_535) {
            throw new ParameterException(spec.commandLine(), "--mock-port takes 0 to 65,535");
        }
        if (latencyMillis < 0 || latencyMillis > 60_000) {
            throw new ParameterException(spec.commandLine(), "--latency takes 0 to 60,000 milliseconds");
        }
        if (guarded.isPresent() && !Target.isAddress(guarded.get())) {
            throw new ParameterException(spec.commandLine(), "--guarded takes an address such as http://host:8000");
        }
        return options.valid(load::settings);
    }
}
