package dev.guardrails4j.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.multibindings.OptionalBinder;
import dev.guardrails4j.engine.Actions;
import dev.guardrails4j.engine.CallerConfigurations;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.EngineModule;
import dev.guardrails4j.engine.EngineResources;
import dev.guardrails4j.engine.ModelListing;
import dev.guardrails4j.engine.PluginReload;
import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.engine.config.AllowedHosts;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.pipeline.RailGates;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.PluginLoader;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.engine.upstream.Upstreams;
import dev.guardrails4j.engine.watch.ChangeWatch;
import dev.guardrails4j.server.configs.ServerConfigs;
import dev.guardrails4j.server.configs.Workspaces;
import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.server.metrics.AdmissionLoad;
import dev.guardrails4j.server.metrics.Metrics;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import dev.guardrails4j.server.tracing.Tracing;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** A server on a free port over the configurations of a folder, and a client for it. */
final class RunningServer implements AutoCloseable {

    static final String CHAT = "/v1/chat/completions";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Injector engine;
    private final ChangeWatch watch;
    private final Metrics metrics = new Metrics("test");
    private final GuardrailsServer server;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private final String prefix;

    private RunningServer(
            Path root,
            ServerSettings settings,
            Map<String, String> environment,
            Optional<ThreadStore> threads,
            ConfigStore configs) {
        this(root, settings, environment, threads, configs, Optional.empty());
    }

    private RunningServer(
            Path root,
            ServerSettings settings,
            Map<String, String> environment,
            Optional<ThreadStore> threads,
            ConfigStore configs,
            Optional<PluginLoader> plugins) {
        this(
                root,
                settings,
                environment,
                threads,
                configs,
                plugins,
                Optional.empty(),
                UpstreamLimits.DEFAULT,
                parts -> parts);
    }

    private RunningServer(
            Path root,
            ServerSettings settings,
            Map<String, String> environment,
            Optional<ThreadStore> threads,
            ConfigStore configs,
            Optional<PluginLoader> plugins,
            Optional<Tracing> tracing,
            UpstreamLimits upstreams,
            UnaryOperator<ServerParts.Builder> more) {
        Catalogue bundled = Catalogue.ofClassPath();
        PluginLoader dropped = plugins.orElseGet(() -> new PluginLoader(List.of(), root));
        engine = Guice.createInjector(
                new EngineModule(
                        Catalogue.combine(List.of(bundled, dropped.load())),
                        name -> Optional.ofNullable(environment.get(name)),
                        Reach.NOTHING,
                        AllowedHosts.ANY,
                        RailLimits.Book.DEFAULT,
                        upstreams),
                binder -> binder.bind(ConfigFolders.class).toInstance(ConfigFolders.at(root)),
                binder -> OptionalBinder.newOptionalBinder(binder, EngineObserver.class)
                        .setBinding()
                        .toInstance(tracing.map(spans -> EngineObserver.both(metrics.engine(), spans))
                                .orElseGet(metrics::engine)));
        Configurations configurations = engine.getInstance(Configurations.class);
        metrics.watch(configurations, engine.getInstance(RailGates.class), engine.getInstance(Upstreams.class));
        CallerConfigurations callers = engine.getInstance(CallerConfigurations.class);
        Challenges challenges = Challenges.in(root);
        watch = new ChangeWatch(List.of(
                configurations.watched(),
                challenges.watched(),
                engine.getInstance(PluginReload.class).watched(dropped, bundled)));
        ModelListing models = engine.getInstance(ModelListing.class);
        ThreadKind threadKind = engine.getInstance(ThreadKind.class);
        ServerParts.Builder parts = ServerParts.of(
                        configurations,
                        ServerConfigs.of(configurations, callers, configs, Workspaces.with(List.of("team"))),
                        models,
                        challenges,
                        threadKind)
                .threads(threads.map(store -> metrics.counted(ThreadStore.class, store, "threads")))
                .actions(plugins.map(loader -> engine.getInstance(Actions.class)))
                .metrics(settings.metrics().enabled() ? Optional.of(metrics) : Optional.empty());
        server = new GuardrailsServer(settings, more.apply(parts).build());
        port = server.start();
        prefix = settings.prefix();
    }

    /** A server with everything that can be switched on. */
    static RunningServer startWithEverything(ConfigRoot root, String prefix) {
        return startWithEverything(root, prefix, parts -> parts);
    }

    /** The same with other parts. */
    static RunningServer startWithEverything(ConfigRoot root, String prefix, UnaryOperator<ServerParts.Builder> more) {
        return startWithEverything(root, settings(prefix, Optional.of("pass")), more);
    }

    /** The same with other settings. */
    static RunningServer startWithEverything(
            ConfigRoot root, ServerSettings settings, UnaryOperator<ServerParts.Builder> more) {
        return new RunningServer(
                root.folder(),
                settings,
                Map.of(),
                Optional.of(ThreadStores.memory(ThreadLimits.DEFAULT)),
                ConfigStores.memory(ConfigLimits.DEFAULT),
                Optional.of(new PluginLoader(List.of(), root.folder())),
                Optional.empty(),
                UpstreamLimits.DEFAULT,
                more);
    }

    /** A server with other limits for what it calls. */
    static RunningServer start(ConfigRoot root, UpstreamLimits upstreams) {
        return new RunningServer(
                root.folder(),
                settings("", Optional.of("pass")),
                Map.of(),
                Optional.empty(),
                ConfigStores.none(),
                Optional.empty(),
                Optional.empty(),
                upstreams,
                parts -> parts);
    }

    /** A server that makes spans; what makes them is not closed with it. */
    static RunningServer start(ConfigRoot root, Tracing tracing) {
        return start(root, tracing, parts -> parts);
    }

    /** The same with other parts. */
    static RunningServer start(ConfigRoot root, Tracing tracing, UnaryOperator<ServerParts.Builder> more) {
        return new RunningServer(
                root.folder(),
                settings(Optional.of("pass")).build(),
                Map.of(),
                Optional.empty(),
                ConfigStores.none(),
                Optional.empty(),
                Optional.of(tracing),
                UpstreamLimits.DEFAULT,
                parts -> more.apply(parts.tracing(Optional.of(tracing))));
    }

    static RunningServer start(Path root, ServerSettings settings) {
        return start(root, settings, Map.of());
    }

    static RunningServer start(Path root, ServerSettings settings, Map<String, String> environment) {
        return new RunningServer(root, settings, environment, Optional.empty(), ConfigStores.none());
    }

    /** A server that keeps threads; the store is not closed with it. */
    static RunningServer start(ConfigRoot root, String prefix, ThreadStore threads) {
        return new RunningServer(
                root.folder(),
                settings(prefix, Optional.of("pass")),
                Map.of(),
                Optional.of(threads),
                ConfigStores.none());
    }

    /** A server that keeps threads; the store is not closed with it. */
    static RunningServer start(ConfigRoot root, ThreadStore threads, Map<String, String> environment) {
        return new RunningServer(
                root.folder(),
                settings("", Optional.of("pass")),
                environment,
                Optional.of(threads),
                ConfigStores.none());
    }

    /** A server that stores configurations; the store is not closed with it. */
    static RunningServer start(
            Path root, ServerSettings settings, Map<String, String> environment, ConfigStore configs) {
        return new RunningServer(root, settings, environment, Optional.empty(), configs);
    }

    /** A server with the plug-ins of folders, whose actions clients may execute. */
    static RunningServer start(ConfigRoot root, PluginLoader plugins) {
        return new RunningServer(
                root.folder(),
                settings("", Optional.of("pass")),
                Map.of(),
                Optional.empty(),
                ConfigStores.none(),
                Optional.of(plugins));
    }

    static RunningServer start(ConfigRoot root) {
        return start(root.folder(), settings("", Optional.of("pass")));
    }

    static ServerSettings.Builder settings(Optional<String> defaultConfigId) {
        return ServerSettings.on("127.0.0.1", 0).defaultConfigId(defaultConfigId);
    }

    static ServerSettings settings(String prefix, Optional<String> defaultConfigId) {
        return settings(defaultConfigId).prefix(prefix).build();
    }

    /** What is counted. */
    Metrics metrics() {
        return metrics;
    }

    Configurations configurations() {
        return engine.getInstance(Configurations.class);
    }

    /** From now on edits of the folder are taken up. */
    RunningServer watching() {
        watch.start();
        return this;
    }

    int port() {
        return port;
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    HttpResponse<String> get(String path) {
        return send("GET", path, "");
    }

    /** Asks for a chat completion as JSON. */
    HttpResponse<String> chat(String body) {
        return send("POST", CHAT, body, "Content-Type", "application/json");
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) {
        return send(method, path, BodyPublishers.ofString(body), headers);
    }

    HttpResponse<String> send(String method, String path, HttpRequest.BodyPublisher body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url(path)));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response =
                    client.send(request.method(method, body).build(), BodyHandlers.ofString());
            requireDescribed(method, path, response);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whatever a test asks for, the answer must be one that openapi.json foresees. */
    private void requireDescribed(String method, String path, HttpResponse<String> response) {
        String plain = path.replaceFirst("\\?.*", "");
        if (plain.startsWith(prefix) && !method.equals("OPTIONS")) {
            String below = plain.substring(prefix.length());
            DescribedAnswers.check(
                    routes(),
                    method,
                    below.isEmpty() ? "/" : below,
                    response.statusCode(),
                    response.headers(),
                    response.body());
        }
    }

    /** Every route, as openapi.json writes it. */
    Set<String> routes() {
        return server.routes();
    }

    static JsonNode json(HttpResponse<String> response) {
        return json(response.body());
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The body of an error, as one line that is easy to compare. */
    static JsonNode error(String message, String type, String param, String code) {
        return JSON.createObjectNode()
                .set(
                        "error",
                        JSON.createObjectNode()
                                .put("message", message)
                                .put("type", type)
                                .put("param", param)
                                .put("code", code));
    }

    /** How busy it is. */
    AdmissionLoad load() {
        return server.load();
    }

    /** Closes the server alone, as a command that is told to stop does first. */
    void stop() {
        server.close();
    }

    @Override
    public void close() {
        watch.close();
        server.close();
        engine.getInstance(CallerConfigurations.class).close();
        engine.getInstance(Configurations.class).close();
        engine.getInstance(EngineResources.class).close();
        metrics.close();
    }
}
