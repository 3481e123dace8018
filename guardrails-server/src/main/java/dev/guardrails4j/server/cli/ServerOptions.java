package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.SettingOverride;
import dev.guardrails4j.server.http.AllowedOrigins;
import dev.guardrails4j.server.http.DrainSettings;
import dev.guardrails4j.server.http.ServerSettings;
import dev.guardrails4j.server.settings.ByteSize;
import dev.guardrails4j.server.settings.ConfigStoreSettings;
import dev.guardrails4j.server.settings.FileSettings;
import dev.guardrails4j.server.settings.LengthOfTime;
import dev.guardrails4j.server.settings.MetricsChoice;
import dev.guardrails4j.server.settings.StoreKind;
import dev.guardrails4j.server.settings.ThreadSettings;
import dev.guardrails4j.server.storage.RedisAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/**
 * What the server itself is told. An option goes before its environment variable, that before {@code server.yml}, and that
 * before the default; only DEFAULT_CONFIG_ID goes before its option (contract "chat server" 4.1).
 */
final class ServerOptions {

    private static final String DEFAULT_HOST = "127.0.0.1";
    private static final int DEFAULT_PORT = 8000;
    private static final String DEFAULT_DATA = "guardrails-data";

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Where to listen; 0 for any free port. Default: " + DEFAULT_PORT + ".")
    private Optional<Integer> port = Optional.empty();

    @Option(
            names = "--host",
            paramLabel = "HOST",
            description = "On which address; 0.0.0.0 for all. Default: " + DEFAULT_HOST + ", this machine only.")
    private Optional<String> host = Optional.empty();

    @Option(
            names = "--default-config-id",
            paramLabel = "ID",
            description = "The configuration of requests that name none. Default: the only one, if --config is one.")
    private Optional<String> defaultConfigId = Optional.empty();

    @Option(
            names = "--auto-reload",
            negatable = true,
            description = {
                "Takes up edits of configurations and of the folders of plug-ins while the server runs.",
                "What has mistakes is not taken up; what was there before it stays."
            })
    private Optional<Boolean> autoReload = Optional.empty();

    @Option(
            names = "--actions",
            description = "Lets clients list and execute the actions of plug-ins: whoever reaches the server can.")
    private Optional<Boolean> actions = Optional.empty();

    @Option(names = "--prefix", paramLabel = "PATH", description = "Serves everything below this path, such as /guard.")
    private Optional<String> prefix = Optional.empty();

    @Option(
            names = "--max-body",
            paramLabel = "SIZE",
            description = "The largest request body that is read, such as 512KiB or 8MiB. Default: 1MiB.")
    private Optional<ByteSize> maxBody = Optional.empty();

    @Option(
            names = "--allowed-origins",
            paramLabel = "ORIGIN,...",
            description = "Whose pages may read answers in a browser (CORS), such as https://app.example.com; * for"
                    + " all. Default: none.")
    private Optional<AllowedOrigins> allowedOrigins = Optional.empty();

    /** The reference's scripts say so; there is no such thing here. */
    @Option(names = "--disable-chat-ui", hidden = true)
    void disableChatUi(boolean unused) {}

    @Option(
            names = "--threads",
            paramLabel = "STORE",
            description = "Where conversation threads are kept: embedded, memory, redis or none. Default: embedded.")
    private Optional<StoreKind> threads = Optional.empty();

    @Option(
            names = "--config-store",
            paramLabel = "STORE",
            description = "Where to keep the configurations that are stored over HTTP: embedded, memory, redis or none."
                    + " Default: where threads are kept.")
    private Optional<StoreKind> configStore = Optional.empty();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The folder of the embedded store. Default: ./" + DEFAULT_DATA + ".")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--log-format",
            paramLabel = "FORMAT",
            description = "How the log is written: text, or json for one object a line. Default: text.")
    private Optional<LogFormat> logFormat = Optional.empty();

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            description = "How long requests and streams may run on when the server is told to stop, such as 90s."
                    + " Default: 25s.")
    private Optional<Duration> drain = Optional.empty();

    @Option(
            names = "--drain-delay",
            paramLabel = "TIME",
            description = "How long it serves on before that, not ready, so that load balancers see it. Default: none.")
    private Optional<Duration> drainDelay = Optional.empty();

    @Option(
            names = "--server-config",
            paramLabel = "FILE",
            description = "The server's settings. Default: server.yml in the folder of the configurations.")
    private Optional<String> serverConfig = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Says any key of server.yml in place of the file, such as threads.ttl=7d or"
                    + " workspaces=[payments, support]. May be repeated.")
    private List<String> set = List.of();

    /**
     * Puts together what options, environment and file say.
     *
     * @param root where the file is looked for
     */
    Chosen choose(Path root, Surroundings surroundings) {
        FileSettings file = file(root, surroundings);
        Environment environment = new Environment(surroundings);
        Optional<StoreKind> store = threads.or(() -> environment.parsed("GUARDRAILS_THREADS", StoreKind::parse));
        Optional<RedisAddress> redis = environment.parsed("GUARDRAILS_REDIS_URL", RedisAddress::parse);
        Optional<String> folder = data.or(() -> environment.value("GUARDRAILS_DATA"));
        ThreadSettings said = new ThreadSettings(
                store.orElse(file.threads().store()),
                file.threads().limits(),
                folder.or(file.threads()::path),
                redis.or(file.threads()::redis));
        return new Chosen(
                host.or(() -> environment.value("GUARDRAILS_HOST"))
                        .or(file::host)
                        .orElse(DEFAULT_HOST),
                port.or(() -> environment.parsed("GUARDRAILS_PORT", ServerOptions::number))
                        .or(file::port)
                        .orElse(DEFAULT_PORT),
                prefix.or(() -> environment.parsed("GUARDRAILS_PREFIX", ServerSettings::prefixOf))
                        .or(file::prefix)
                        .orElse(""),
                maxBody.or(() -> environment.parsed("GUARDRAILS_MAX_BODY", ByteSize::parse))
                        .or(file::maxBody)
                        .map(ByteSize::bytes)
                        .orElse(ServerSettings.DEFAULT_MAX_BODY_BYTES),
                autoReload
                        .or(() -> environment.parsed("GUARDRAILS_AUTO_RELOAD", ServerOptions::flag))
                        .or(file::autoReload)
                        .orElse(false),
                allowedOrigins
                        .or(() -> allowedOrigins(environment, file))
                        .or(file::allowedOrigins)
                        .orElse(AllowedOrigins.NONE),
                environment.value("DEFAULT_CONFIG_ID").or(() -> defaultConfigId).or(file::defaultConfigId),
                said,
                surroundings.path(said.path().orElse(DEFAULT_DATA)),
                store.isPresent() || !said.equals(ThreadSettings.DEFAULT),
                new ConfigStoreSettings(
                        configStore
                                .or(() -> environment.parsed("GUARDRAILS_CONFIG_STORE", StoreKind::parse))
                                .or(file.configStore()::store),
                        file.configStore().limits(),
                        file.configStore().redis().or(said::redis),
                        file.configStore().workspaces()),
                actions.or(() -> environment.parsed("GUARDRAILS_ACTIONS", ServerOptions::flag))
                        .or(file::actions)
                        .orElse(false),
                metrics(environment).or(file.metrics()),
                logFormat
                        .or(() -> environment.parsed("GUARDRAILS_LOG_FORMAT", LogFormat::parse))
                        .orElse(LogFormat.TEXT),
                new DrainSettings(
                        drainDelay
                                .or(() -> environment.parsed("GUARDRAILS_DRAIN_DELAY", LengthOfTime::parse))
                                .orElse(file.drain().delay()),
                        drain.or(() -> environment.parsed("GUARDRAILS_DRAIN", LengthOfTime::parse))
                                .orElse(file.drain().time())),
                file);
    }

    /** The reference's variables: contract "chat server" 1.8. */
    private static MetricsChoice metrics(Environment environment) {
        String prefix = "NEMO_GUARDRAILS_SERVER_METRICS_";
        MetricsChoice said = new MetricsChoice(
                Optional.empty(),
                environment.value(prefix + "HOST"),
                environment.parsed(prefix + "PORT", ServerOptions::number));
        return environment
                .parsed(prefix + "EXPORTER", MetricsChoice::ofExporter)
                .map(said::or)
                .orElse(MetricsChoice.NONE);
    }

    /** The reference's two variables: one that says whether, and one that says whose. */
    private static Optional<AllowedOrigins> allowedOrigins(Environment environment, FileSettings file) {
        Optional<AllowedOrigins> origins =
                environment.parsed("NEMO_GUARDRAILS_SERVER_ALLOWED_ORIGINS", AllowedOrigins::parse);
        return environment
                .parsed("NEMO_GUARDRAILS_SERVER_ENABLE_CORS", ServerOptions::flag)
                .map(isOn -> isOn ? origins.or(file::allowedOrigins).orElse(AllowedOrigins.ANY) : AllowedOrigins.NONE);
    }

    private FileSettings file(Path root, Surroundings surroundings) {
        Optional<Path> named = serverConfig
                .or(() -> new Environment(surroundings).value("GUARDRAILS_SERVER_CONFIG"))
                .map(surroundings::path);
        Path file = named.orElse(root.resolve(FileSettings.FILE_NAME));
        Optional<Path> written = named.isEmpty() && Files.notExists(file) ? Optional.empty() : Optional.of(file);
        try {
            return FileSettings.read(written, overrides(surroundings), surroundings.environment());
        } catch (InvalidConfigException e) {
            throw new CommandFailure(e.problems().stream()
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n  ", "the server's settings cannot be used:\n  ", "")));
        }
    }

    private List<SettingOverride> overrides(Surroundings surroundings) {
        Stream<SettingOverride> variable = new Environment(surroundings)
                .value("GUARDRAILS_SET").stream()
                        .flatMap(text -> Stream.of(text.split("[;\\n]")))
                        .filter(text -> !text.isBlank())
                        .map(text -> override("GUARDRAILS_SET", text));
        return Stream.concat(variable, set.stream().map(text -> override("--set", text)))
                .toList();
    }

    private static SettingOverride override(String where, String text) {
        try {
            return SettingOverride.parse(where, text);
        } catch (IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()));
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number", e);
        }
    }

    private static boolean flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "1" -> true;
            case "false", "0" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    /** The variables that stand for options. */
    private record Environment(Surroundings surroundings) {

        Optional<String> value(String name) {
            return surroundings.environment().apply(name).filter(text -> !text.isBlank());
        }

        <T> Optional<T> parsed(String name, Function<String, T> parser) {
            return value(name).map(text -> {
                try {
                    return parser.apply(text);
                } catch (IllegalArgumentException e) {
                    throw new CommandFailure("the environment variable %s %s".formatted(name, e.getMessage()));
                }
            });
        }
    }

    /**
     * What the server is told in the end.
     *
     * @param autoReload whether edits of configurations are taken up while the server runs
     * @param dataFolder where the embedded store is
     * @param asksForThreads whether anybody has said how threads are to be kept
     * @param configStore how the configurations are kept that callers store
     * @param actions whether clients may execute actions
     * @param metrics whether there are metrics, and where
     * @param logFormat how the log is written
     * @param drain how the server stops
     * @param file where all the rest is said
     */
    record Chosen(
            String host,
            int port,
            String prefix,
            int maxBodyBytes,
            boolean autoReload,
            AllowedOrigins allowedOrigins,
            Optional<String> defaultConfigId,
            ThreadSettings threads,
            Path dataFolder,
            boolean asksForThreads,
            ConfigStoreSettings configStore,
            boolean actions,
            MetricsChoice metrics,
            LogFormat logFormat,
            DrainSettings drain,
            FileSettings file) {

        /** Whether anybody has said how configurations are to be kept. */
        boolean asksForConfigStore() {
            return asksForThreads || configStore.store().isPresent();
        }
    }
}
