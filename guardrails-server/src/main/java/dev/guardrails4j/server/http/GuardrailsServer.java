package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.guardrails4j.engine.Actions;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.server.configs.store.ConfigStore;
import dev.guardrails4j.server.metrics.AdmissionLoad;
import dev.guardrails4j.server.plugins.PluginListing;
import dev.guardrails4j.server.threads.ChatThreads;
import dev.guardrails4j.server.wire.Json;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.config.JavalinConfig;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import io.javalin.router.EndpointNotFound;
import io.javalin.util.JavalinException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.stream.Stream;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server: routes, limits and threads. Starts once, and is closed once; closing waits a while for requests that
 * run.
 */
public final class GuardrailsServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(GuardrailsServer.class);
    private static final int FEWEST_PLATFORM_THREADS = 8;
    /** For what needs no place, such as health, and for Jetty itself. */
    private static final int SPARE_THREADS = 100;
    /** How long connections on which nothing happens are kept while others wait to be accepted. */
    private static final Duration IDLE_WHEN_FULL = Duration.ofSeconds(2);
    /** How long ends that are cut short may take to be told. */
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);

    private final ServerSettings settings;
    private final ServerParts parts;
    private final ExecutorService streams;
    private final ClientWatch clients = new ClientWatch();
    private final AccessGate gate;
    private final Optional<TlsIdentity> tls;
    private final Drain drain = new Drain();
    private final Admission admission;
    private final SortedSet<String> routed = new TreeSet<>();
    private final Javalin javalin;

    /** A server that does not listen yet. */
    public GuardrailsServer(ServerSettings settings, ServerParts parts) {
        this.settings = settings;
        this.parts = parts;
        this.tls = settings.tls().map(TlsIdentity::new);
        this.gate = new AccessGate(parts.access(), InstantSource.system());
        // A stream has a thread of the server beside this one, so that no stream waits.
        int most = settings.admission().streams(parts.threadKind()) + SPARE_THREADS;
        this.streams = parts.threadKind().executor("guardrails-streams", most, most);
        this.admission = new Admission(settings.admission(), parts.threadKind(), clients);
        this.javalin = Javalin.create(this::configure);
    }

    /** Every route as the API's description writes it, without the prefix: {@code "GET /v1/threads/{id}"}. */
    SortedSet<String> routes() {
        return Collections.unmodifiableSortedSet(routed);
    }

    /**
     * Begins to listen.
     *
     * @return the port, which matters if the settings leave the choice to the machine
     * @throws RuntimeException if the address cannot be listened on; its cause, or the cause's, is the {@link
     *     java.net.BindException}
     */
    public int start() {
        javalin.start();
        tls.ifPresent(TlsIdentity::watch);
        LOG.debug(
                "Listening on {}:{}, requests run on {} threads",
                settings.host(),
                javalin.port(),
                isVirtual() ? "virtual" : "at most " + mostPlatformThreads() + " platform");
        if (!gate.hasKeys() && !LocalClients.isLoopback(settings.host())) {
            LOG.warn(
                    "THIS SERVER HAS NO API KEYS AND LISTENS ON {}: whoever reaches that address spends what its models cost,"
                            + " reads every conversation thread, and uses every configuration. List keys in server.yml"
                            + " (access.keys; 'guardrails keys new NAME' makes one), or listen on 127.0.0.1.",
                    settings.host());
        }
        return javalin.port();
    }

    /** How busy the server is. */
    public AdmissionLoad load() {
        return admission.load();
    }

    /**
     * Says that it is not ready any more, serves on for a while so that load balancers see it, stops listening, and lets
     * the requests and streams that run, and the requests that wait for their turn, come to their end. Those that have not after the
     * time for that are ended: by an error event in a stream, by status 503 before one has begun. Closed again, it does nothing.
     */
    @Override
    public void close() {
        if (!drain.begin()) {
            return;
        }
        boolean isInterrupted = false;
        ScheduledExecutorService end = Executors.newSingleThreadScheduledExecutor();
        try {
            MILLISECONDS.sleep(settings.drain().delay().toMillis());
            drain.refuse();
            ScheduledFuture<?> unused =
                    end.schedule(this::endWhatRuns, settings.drain().time().toMillis(), MILLISECONDS);
        } catch (InterruptedException e) {
            isInterrupted = true;
            endWhatRuns();
        }
        try {
            javalin.stop();
        } catch (JavalinException e) {
            // It has stopped all the same.
            LOG.warn("Not every connection could be closed in time: {}", String.valueOf(e.getCause()));
        }
        end.shutdownNow();
        streams.shutdownNow();
        clients.close();
        tls.ifPresent(TlsIdentity::close);
        if (isInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void endWhatRuns() {
        drain.end();
        clients.cancelAll();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.http.compressionStrategy = CompressionStrategy.NONE;
        config.appData(CallersModelAccess.FORWARDED, settings.forwardedHeaders());
        config.appData(Reckoning.AUDIT, parts.audit());
        config.http.maxRequestSize = settings.maxBodyBytes();
        config.router.ignoreTrailingSlashes = false;
        config.router.javaLangErrorHandler(GuardrailsServer::fail);
        Routes routes = new Routes(config.routes, settings.prefix(), gate);
        Optional<RequestMeter> meter = parts.metrics().map(metrics -> new RequestMeter(metrics.http(), routes));
        config.requestLogger.http((context, millis) -> {
            meter.ifPresent(it -> it.answered(context, millis));
            AccessLog.write(context, millis);
            RequestId.forget();
            parts.tracing().ifPresent(tracing -> TraceId.leave(tracing));
        });
        config.routes.before(RequestId::assign);
        parts.tracing().ifPresent(tracing -> config.routes.before(context -> TraceId.enter(context, tracing)));
        config.routes.exception(Exception.class, (e, context) -> routes.answer(e, context));
        config.routes.exception(EndpointNotFound.class, (e, context) -> routes.unrouted(context));
        config.routes.exception(HttpResponseException.class, (e, context) -> routes.answer(e, context));
        route(routes);
        routed.addAll(routes.all());
        listen(config, routes);
    }

    private void route(Routes routes) {
        Configurations configurations = parts.configurations();
        Optional<Reachability> threadStore =
                parts.threads().map(store -> new Reachability(() -> store.read(Readiness.PROBE), streams));
        ConfigStore configStore = parts.configs().store();
        Readiness readiness = new Readiness(
                configurations,
                settings.defaultConfigId(),
                threadStore,
                new Reachability(() -> configStore.find(Readiness.CONFIG_PROBE), streams),
                drain);
        Health health = new Health(readiness);
        PlatformStatus platform = new PlatformStatus(readiness);
        Clock clock = Clock.systemUTC();
        BodyReader bodies = bodies();
        parts.metrics().ifPresent(metrics -> metrics.watch(admission::load));
        ChatConfigs chatConfigs =
                new ChatConfigs(configurations, parts.configs().requested(), settings.defaultConfigId());
        ChatThreads threads = new ChatThreads(parts.threads());
        ChatCompletions chat = new ChatCompletions(
                chatConfigs,
                threads,
                bodies,
                admission,
                clients,
                new StreamedCompletion(streams, clients, drain),
                clock);
        routes.post("/v1/chat/completions", chat::serve);
        routes.post("/v1/checks", new ChatChecks(chatConfigs, bodies, admission, clients)::serve);
        routeMicroservice(routes, bodies, clock);
        ThreadRoutes kept = new ThreadRoutes(parts.threads());
        routes.get("/v1/threads", kept::list);
        routes.get("/v1/threads/<id>", kept::show);
        routes.delete("/v1/threads/<id>", kept::delete);
        routes.get(
                "/v1/rails/configs",
                context -> json(
                        context,
                        configurations.ids().stream()
                                .filter(AccessGate.caller(context)::mayUse)
                                .map(ConfigEntry::new)
                                .toList()));
        configRoutes().register(routes);
        ModelRoutes models = new ModelRoutes(parts.models(), admission);
        routes.get("/v1/models", models::list);
        routes.get("/v1/guardrail/models", models::listForMicroservice);
        routes.get("/v1/challenges", parts.challenges()::list);
        parts.actions().ifPresent(actions -> routeActions(routes, actions));
        PluginListing plugins = new PluginListing(configurations);
        routes.get("/v1/plugins", context -> json(context, plugins.plugins()));
        routes.get("/v1/rails", context -> json(context, plugins.rails()));
        routes.get("/openapi.json", new DescriptionRoute(settings.prefix(), routes)::show);
        parts.metrics()
                .filter(metrics -> settings.metrics().isServedBeside())
                .ifPresent(metrics -> routes.get("/metrics", new MetricsRoute(metrics)::show));
        routes.get("/v1/health", health::pass);
        routes.get("/healthz", health::pass);
        routes.get("/health/live", health::live);
        routes.get("/health/ready", health::ready);
        routes.get("/status", platform::status);
        routes.get("/cluster-info", platform::clusterInfo);
        routes.get("/", health::ok);
        if (!settings.prefix().isEmpty()) {
            routes.get("", health::ok);
        }
    }

    private void routeMicroservice(Routes routes, BodyReader bodies, Clock clock) {
        MicroserviceConfigs configs = new MicroserviceConfigs(
                parts.configs().requested(), parts.configurations(), settings.defaultConfigId());
        GuardrailChecks checks = new GuardrailChecks(configs, bodies, admission, clients);
        GuardrailChecks.PLATFORM_PATHS.forEach(path -> routes.post(path, checks::serve));
        routes.post(
                GuardrailChecks.MICROSERVICE_PATH,
                switch (settings.checksDialect()) {
                    case MICROSERVICE -> checks::serve;
                    case TRUSTYAI -> new MessageChecks(configs, bodies, admission, clients)::serve;
                });
        GuardedCompletions completions = new GuardedCompletions(
                configs, bodies, admission, clients, new StreamedCompletion(streams, clients, drain), clock);
        routes.post("/v1/guardrail/chat/completions", context -> completions.serve(context, CompletionForm.CHAT));
        routes.post("/v1/guardrail/completions", context -> completions.serve(context, CompletionForm.TEXT));
    }

    private ConfigRoutes configRoutes() {
        return new ConfigRoutes(
                parts.configs().catalogue(),
                gate.hasKeys() ? context -> {} : new LocalClients(settings.allowedOrigins())::require,
                bodies(),
                admission);
    }

    private void routeActions(Routes routes, Actions actions) {
        ActionRoutes served = new ActionRoutes(actions, bodies(), admission);
        routes.get("/v1/actions/list", served::list);
        routes.post("/v1/actions/run", served::run);
    }

    private static void json(Context context, Object body) {
        context.contentType(ContentType.JSON).result(Json.write(body));
    }

    private void listen(JavalinConfig config, Routes routes) {
        if (isVirtual()) {
            config.concurrency.useVirtualThreads = true;
        } else {
            config.jetty.threadPool = new QueuedThreadPool(mostPlatformThreads(), FEWEST_PLATFORM_THREADS);
        }
        Connectors connectors = new Connectors(settings.host(), settings.port(), settings.connections());
        config.jetty.addConnector(
                (server, http) -> tls.map(identity -> connectors.secure(server, http, identity.factory()))
                        .orElseGet(() -> connectors.plain(server, http)));
        JettyErrors errors = new JettyErrors(routes);
        config.jetty.modifyServer(server -> {
            server.insertHandler(new MethodGate(routes));
            server.insertHandler(new CrossOrigin(settings.allowedOrigins()));
            server.insertHandler(new GracefulHandler());
            server.insertHandler(new LingeringClose(settings.maxBodyBytes()));
            server.insertHandler(new SecurityHeaders());
            server.insertHandler(new ConnectionWatch(
                    () -> Stream.of(server.getConnectors())
                            .flatMap(connector -> connector.getConnectedEndPoints().stream())
                            .toList(),
                    settings.connections(),
                    drain));
            NetworkConnectionLimit limit =
                    new NetworkConnectionLimit(settings.connections().maxConnections(), server);
            limit.setEndPointIdleTimeout(IDLE_WHEN_FULL.toMillis());
            server.addBean(limit);
            server.setErrorHandler(errors);
            server.setStopTimeout(settings.drain().time().plus(LAST_WORDS).toMillis());
        });
        config.jetty.modifyServletContextHandler(context -> context.setErrorHandler(errors));
    }

    private BodyReader bodies() {
        return new BodyReader(settings.maxBodyBytes(), settings.connections().bodyTimeout());
    }

    private int mostPlatformThreads() {
        AdmissionSettings places = settings.admission();
        return places.requests(ThreadKind.PLATFORM)
                + places.streams(ThreadKind.PLATFORM)
                + places.maxQueued()
                + SPARE_THREADS;
    }

    private boolean isVirtual() {
        return parts.threadKind() == ThreadKind.VIRTUAL;
    }

    private static void fail(HttpServletResponse response, Error fault) {
        ErrorAnswer answer = ErrorAnswers.unforeseen(fault);
        response.setStatus(answer.status());
        response.setContentType(ContentType.JSON);
        try {
            response.getOutputStream().write(Json.write(answer.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record ConfigEntry(String id) {}
}
