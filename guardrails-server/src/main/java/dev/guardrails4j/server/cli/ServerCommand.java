package dev.guardrails4j.server.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.model.MainModelOverride;
import dev.guardrails4j.engine.watch.ChangeWatch;
import dev.guardrails4j.engine.watch.Watched;
import dev.guardrails4j.server.cli.ServerOptions.Chosen;
import dev.guardrails4j.server.configs.Workspaces;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.http.Challenges;
import dev.guardrails4j.server.http.GuardrailsServer;
import dev.guardrails4j.server.http.ServerParts;
import dev.guardrails4j.server.http.ServerSettings;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.tls.TlsSettings;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code guardrails server}: serves configurations over HTTP until it is told to stop. Contract "chat server" 1.11. */
@Command(
        name = "server",
        description = {
            "Serves configurations as an OpenAI-compatible endpoint until it is stopped.",
            "A configuration with mistakes is listed at the start and not served."
        },
        sortOptions = false,
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails server                              the bundled examples",
            "  guardrails server --config my-configs/support  one configuration",
            "  guardrails server --config my-configs --default-config-id support",
            "  guardrails server --config my-configs --auto-reload",
            "  guardrails server --host 0.0.0.0 --port 80 --plugins ~/my-rails",
            "",
            "Environment:",
            "  MAIN_MODEL_BASE_URL   the endpoint of every configuration's main model",
            "  MAIN_MODEL_ENGINE     its engine",
            "  OPENAI_API_KEY, ...   the keys that engines need",
            "  DEFAULT_CONFIG_ID     wins over --default-config-id",
            "  GUARDRAILS_PORT, ...  stand for options; docs/server-settings.md lists them",
            "  GUARDRAILS_JAVA_OPTS  options for the JVM, such as -Xmx2g"
        })
final class ServerCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Mixin
    private ConfigOption config = new ConfigOption();

    @Mixin
    private ServerOptions options = new ServerOptions();

    @Mixin
    private PluginOption plugins = new PluginOption();

    @Option(names = "--verbose", description = "Logs what happens to each request. Never what it says.")
    private boolean verbose;

    ServerCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() throws InterruptedException {
        if (verbose) {
            ((LoggerContext) LoggerFactory.getILoggerFactory())
                    .getLogger("dev.guardrails4j")
                    .setLevel(Level.DEBUG);
        }
        ConfigRoot root = config.root(surroundings);
        Chosen chosen = options.choose(root.path(), surroundings);
        chosen.logFormat().apply();
        PluginOption.Source source = plugins.open(surroundings, chosen.file().plugins());
        try (Watchers watchers = Watchers.of(chosen, surroundings);
                Engine engine = Engine.start(
                        source.load(),
                        root.path(),
                        surroundings,
                        chosen.file().callerReach(),
                        chosen.file().allowedHosts(),
                        chosen.file().railLimits(),
                        chosen.file().upstreamLimits(),
                        watchers.engine())) {
            watchers.watch(engine);
            serve(engine, root, chosen, source, watchers);
        }
        out().println("Stopped.");
        return ExitCode.OK;
    }

    private void serve(Engine engine, ConfigRoot root, Chosen chosen, PluginOption.Source source, Watchers watchers)
            throws InterruptedException {
        Challenges challenges = challenges(root);
        try (OpenAccess access = OpenAccess.open(chosen.file().access(), chosen.threads(), surroundings)) {
            List<Watched> watched = new ArrayList<>(access.watched());
            // Before anything is compiled: what is edited from now on is a change.
            if (chosen.autoReload()) {
                watched.addAll(
                        List.of(engine.configurations().watched(), challenges.watched(), engine.watched(source)));
            }
            try (ChangeWatch watch = new ChangeWatch(watched)) {
                serve(engine, root, chosen, challenges, access, watch, watchers);
            }
        }
    }

    private void serve(
            Engine engine,
            ConfigRoot root,
            Chosen chosen,
            Challenges challenges,
            OpenAccess access,
            ChangeWatch watch,
            Watchers watchers)
            throws InterruptedException {
        List<String> ids = root.ids(engine.configurations());
        Optional<String> defaultId = chosen.defaultConfigId()
                .or(root::defaultId)
                .or(() -> engine.configurations().singleId());
        defaultId.ifPresent(id -> root.requireKnown(id, ids));
        ServerSettings settings = settings(chosen, defaultId);
        requireUsable(engine, ids, defaultId);
        try (OpenStores stores = OpenStores.open(chosen, surroundings);
                OpenAudit audit = OpenAudit.open(chosen.file().audit(), surroundings);
                GuardrailsServer server = new GuardrailsServer(
                        settings,
                        parts(engine, chosen, challenges, stores, watchers)
                                .access(access.control())
                                .metrics(watchers.metrics())
                                .audit(audit.log())
                                .tracing(watchers.tracing())
                                .build())) {
            watchers.listen(settings.metrics());
            int boundPort = new Listening(settings.host(), settings.port(), "--host", "--port").start(server::start);
            try (Shutdown shutdown = Shutdown.onSignal()) {
                // Compiles the other configurations while the first requests are served.
                List<ConfigReport> reports = engine.reports(ids);
                watchers.expect(reports);
                watch.start();
                summary(engine, root, reports, settings, boundPort, chosen, stores, access, watchers, audit)
                        .print(out());
                shutdown.await(out());
            }
        }
    }

    private static ServerParts.Builder parts(
            Engine engine, Chosen chosen, Challenges challenges, OpenStores stores, Watchers watchers) {
        ConfigStore configs = stores.configs().store().orElseGet(ConfigStores::none);
        return ServerParts.of(
                        engine.configurations(),
                        engine.serverConfigs(
                                watchers.counted(ConfigStore.class, configs, "configs"),
                                Workspaces.with(chosen.configStore().workspaces())),
                        engine.modelListing(),
                        challenges,
                        engine.threadKind())
                .threads(stores.threads().store().map(store -> watchers.counted(ThreadStore.class, store, "threads")))
                .actions(chosen.actions() ? Optional.of(engine.actions()) : Optional.empty());
    }

    private static Challenges challenges(ConfigRoot root) {
        try {
            return Challenges.in(root.path());
        } catch (InvalidConfigException e) {
            throw new CommandFailure("the challenges cannot be served:\n  " + e.getMessage());
        }
    }

    private ServerSettings settings(Chosen chosen, Optional<String> defaultId) {
        try {
            return ServerSettings.on(chosen.host(), chosen.port())
                    .prefix(chosen.prefix())
                    .defaultConfigId(defaultId)
                    .maxBodyBytes(chosen.maxBodyBytes())
                    .allowedOrigins(chosen.allowedOrigins())
                    .forwardedHeaders(chosen.file().forwardedHeaders())
                    .checksDialect(chosen.file().checksDialect())
                    .tls(tls(chosen))
                    .metrics(chosen.metrics().settings(chosen.host()))
                    .admission(chosen.file().admission())
                    .connections(chosen.file().connections())
                    .drain(chosen.drain())
                    .build();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private Optional<TlsSettings> tls(Chosen chosen) {
        Optional<TlsSettings> tls = chosen.file().tls().settings(surroundings::path);
        try {
            tls.ifPresent(settings -> {
                settings.identity();
                settings.authorities();
            });
            return tls;
        } catch (RailConfigurationException e) {
            throw new CommandFailure("TLS cannot be used: " + e.getMessage());
        }
    }

    /**
     * One broken configuration among many is told and not served; if it is the one that matters, nothing is. Compiles no
     * more than it takes to know.
     */
    private void requireUsable(Engine engine, List<String> ids, Optional<String> defaultId) {
        Stream<String> candidates = defaultId.map(Stream::of).orElseGet(ids::stream);
        if (candidates.map(engine::report).noneMatch(ConfigReport::isUsable)) {
            ConfigReport.printProblems(engine.reports(ids), spec.commandLine().getErr());
            throw new CommandFailure(
                    defaultId.isPresent()
                            ? "the server was not started: its default configuration cannot be used"
                            : "the server was not started: no configuration can be used");
        }
    }

    private StartSummary summary(
            Engine engine,
            ConfigRoot root,
            List<ConfigReport> reports,
            ServerSettings settings,
            int boundPort,
            Chosen chosen,
            OpenStores stores,
            OpenAccess access,
            Watchers watchers,
            OpenAudit audit) {
        String host = settings.host();
        String shownHost = host.contains(":") ? "[" + host + "]" : host;
        return new StartSummary(
                "%s://%s:%d%s"
                        .formatted(
                                settings.tls().isPresent() ? "https" : "http", shownHost, boundPort, settings.prefix()),
                watchers.address(),
                engine.threadKind() == ThreadKind.VIRTUAL ? "virtual threads" : "platform threads",
                root,
                settings.defaultConfigId(),
                chosen.autoReload(),
                reports,
                engine.catalogue(),
                new ModelLines(new MainModelOverride(surroundings.environment())).of(reports),
                stores.threads().shown(),
                stores.configs().shown(),
                access.shown(),
                audit.shown());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
