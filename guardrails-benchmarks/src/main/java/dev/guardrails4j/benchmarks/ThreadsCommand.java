package dev.guardrails4j.benchmarks;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The scenario "threads": what it costs that the server keeps conversations. */
@Command(
        name = "threads",
        sortOptions = false,
        description = "Chat completions with a thread_id, " + ThreadsCommand.TURNS
                + " turns a thread, on a store that keeps them, beside the same without.",
        footer = {"", "Exit code 1 if any request failed or nothing could be measured."})
final class ThreadsCommand implements Callable<Integer> {

    static final int TURNS = 8;
    private static final String CONFIG = "pass";

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Mixin
    private LoadOptions load = new LoadOptions(1000);

    @Option(
            names = "--store",
            defaultValue = "embedded",
            description = "embedded, memory, or redis, which starts a redis-server; ${DEFAULT-VALUE}.")
    private Store store = Store.embedded;

    private enum Store {
        embedded,
        memory,
        redis
    }

    @Override
    public Integer call() throws InterruptedException {
        LoadSettings settings = options.valid(load::settings);
        return options.run("threads", occasion -> {
            int redisPort = ChildProcess.freePort();
            Optional<ChildProcess> redis =
                    store == Store.redis ? Optional.of(redis(occasion.folder(), redisPort)) : Optional.empty();
            try {
                List<String> serverOptions = new ArrayList<>(List.of(
                        "--threads",
                        store.name(),
                        "--data",
                        occasion.folder().resolve("data").toString()));
                if (redis.isPresent()) {
                    serverOptions.addAll(List.of("--set", "threads.redis.url=redis://127.0.0.1:" + redisPort));
                }
                return ScenarioOptions.Figures.of(
                        new LoadRun(scenario(serverOptions), settings, occasion, options.progress())
                                .throughDistribution(options.launcher(), options.serverJdk(), 0));
            } finally {
                redis.ifPresent(ChildProcess::close);
            }
        });
    }

    private static ChildProcess redis(Path folder, int port) {
        return ChildProcess.start(
                "redis-server",
                List.of(
                        "redis-server",
                        "--bind",
                        "127.0.0.1",
                        "--port",
                        Integer.toString(port),
                        "--dir",
                        folder.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no"),
                Map.of(),
                folder.resolve("redis.log"));
    }

    private LoadScenario scenario(List<String> serverOptions) {
        return new LoadScenario(
                "threads",
                List.of(new LoadScenario.Mock(MockCommand.ANSWER, 0)),
                addresses -> Map.of(CONFIG, """
                        models: [{type: main, engine: openai, parameters: {base_url: "%s"}}]
                        """.formatted(addresses.model(0))),
                serverOptions,
                List.of(
                        LoadScenario.chat("without a thread", CONFIG),
                        new LoadScenario.Way(
                                "with a thread, " + store + " store",
                                addresses -> inThreads(addresses.server()),
                                MockCommand.ANSWER)));
    }

    private static Target inThreads(URI server) {
        var body = Target.body();
        body.putObject("guardrails").put("config_id", CONFIG).put("thread_id", "thread-" + Target.NUMBER);
        return Target.post(server, "/v1/chat/completions", body.toString()).repeating(TURNS);
    }
}
