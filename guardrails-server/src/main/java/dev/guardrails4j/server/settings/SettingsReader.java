package dev.guardrails4j.server.settings;

import dev.guardrails4j.engine.config.AllowedHosts;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.NodeSettings;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.SettingOverride;
import dev.guardrails4j.engine.config.SettingsFile;
import dev.guardrails4j.engine.plugin.PluginTrust;
import dev.guardrails4j.server.audit.AuditSettings;
import dev.guardrails4j.server.audit.AuditSettings.OnFailure;
import dev.guardrails4j.server.audit.AuditSettings.Sync;
import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.http.AllowedOrigins;
import dev.guardrails4j.server.http.ChecksDialect;
import dev.guardrails4j.server.http.ForwardedHeaders;
import dev.guardrails4j.server.http.ServerSettings;
import dev.guardrails4j.server.storage.RedisAddress;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.tracing.TracingSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads the settings of a server. For one file. */
final class SettingsReader {

    private static final int HIGHEST_PORT = 65_535;
    private static final int FEWEST_MESSAGES = 2;
    private static final int MOST_MESSAGES = 10_000;
    private static final int MOST_AUDIT_FILES = 1_000_000;
    private static final int MOST_CONFIGS = 100_000;

    private final Function<String, Optional<String>> environment;
    private final List<Problem> problems = new ArrayList<>();

    SettingsReader(Function<String, Optional<String>> environment) {
        this.environment = environment;
    }

    FileSettings read(Optional<Path> file, List<SettingOverride> overrides) {
        NodeSettings whole = SettingsFile.read(file, overrides, environment);
        Section root = new Section(whole, problems);
        Section server = root.at("server");
        FileSettings settings = new FileSettings(
                server.string("host"),
                server.integer("port", 0, HIGHEST_PORT),
                server.parsed("prefix", ServerSettings::prefixOf),
                server.parsed("max_body", ByteSize::parse),
                root.string("default_config_id"),
                root.flag("auto_reload"),
                root.at("cors").parsedStrings("allowed_origins", AllowedOrigins::parse),
                server.parsedStrings("forwarded_headers", ForwardedHeaders::parse)
                        .orElse(ForwardedHeaders.NONE),
                threads(root.at("threads")),
                configStore(root.at("config_store"), root),
                CallerReach.read(root.at("caller_configs")),
                root.at("models")
                        .parsedStrings("allowed_hosts", AllowedHosts::parse)
                        .orElse(AllowedHosts.ANY),
                root.at("checks").parsed("dialect", ChecksDialect::parse).orElse(ChecksDialect.MICROSERVICE),
                root.at("actions").flag("enabled"),
                plugins(root.at("plugins")),
                LimitsReader.read(root.at("rail_limits")),
                UpstreamLimitsReader.read(root.at("models")),
                KeysReader.read(
                        root.at("access"),
                        redis(root.at("access").at("rate_limits").at("redis"))),
                MetricsChoice.read(root.at("metrics")),
                audit(root.at("audit")),
                tracing(root.at("tracing")),
                TlsChoice.read(root.at("tls"), this::secret),
                LoadReader.admission(root.at("admission")),
                LoadReader.connections(server.at("connections")),
                LoadReader.drain(server));
        problems.addAll(whole.unreadKeys());
        if (!problems.isEmpty()) {
            problems.sort(
                    Comparator.comparing((Problem problem) -> problem.location().line()));
            throw new InvalidConfigException(problems);
        }
        return settings;
    }

    private ThreadSettings threads(Section threads) {
        StoreKind store = threads.parsed("store", StoreKind::parse).orElse(ThreadSettings.DEFAULT.store());
        ThreadLimits limits = new ThreadLimits(
                threads.parsed("ttl", LengthOfTime::parse).orElse(ThreadLimits.DEFAULT.ttl()),
                threads.integer("max_messages", FEWEST_MESSAGES, MOST_MESSAGES)
                        .orElse(ThreadLimits.DEFAULT.maxMessages()),
                threads.parsed("max_bytes", ByteSize::parse)
                        .map(size -> (long) size.bytes())
                        .orElse(ThreadLimits.DEFAULT.maxBytes()));
        Optional<String> path = threads.string("path");
        Section redis = threads.at("redis");
        Optional<RedisAddress> address = redis(redis);
        if (store == StoreKind.REDIS && redis.string("url").isEmpty()) {
            threads.reject("redis", "needs a url, for threads.store is redis");
        }
        return new ThreadSettings(store, limits, path, address);
    }

    private ConfigStoreSettings configStore(Section configs, Section root) {
        List<String> workspaces = root.strings("workspaces");
        if (!workspaces.stream().allMatch(ConfigReference::isName)) {
            root.reject("workspaces", "must be names: " + ConfigReference.NAME_RULE);
        }
        return new ConfigStoreSettings(
                configs.parsed("store", StoreKind::parse),
                new ConfigLimits(
                        configs.integer("max_configs", 1, MOST_CONFIGS).orElse(ConfigLimits.DEFAULT.maxConfigs()),
                        configs.parsed("max_bytes", ByteSize::parse)
                                .map(size -> (long) size.bytes())
                                .orElse(ConfigLimits.DEFAULT.maxBytes())),
                redis(configs.at("redis")),
                workspaces);
    }

    private Optional<RedisAddress> redis(Section redis) {
        Optional<RedisAddress> address = redis.parsed("url", RedisAddress::parse);
        Optional<String> password = redis.parsed("password_env_var", this::secret);
        return address.map(where -> password.map(where::withPassword).orElse(where));
    }

    private PluginSettings plugins(Section plugins) {
        Section signers = plugins.at("signers");
        return new PluginSettings(
                plugins.parsedEach("allowlist", PluginTrust::sum),
                signers.string("keystore"),
                signers.parsed("password_env_var", this::secret));
    }

    private Optional<AuditFileSettings> audit(Section audit) {
        AuditSettings settings = new AuditSettings(
                audit.parsed("max_size", ByteSize::parse)
                        .map(size -> (long) size.bytes())
                        .orElse(AuditSettings.DEFAULT.maxBytes()),
                audit.integer("files", 1, MOST_AUDIT_FILES).orElse(AuditSettings.DEFAULT.files()),
                audit.parsed("sync", text -> Words.parse(text, Sync.class)).orElse(AuditSettings.DEFAULT.sync()),
                audit.parsed("on_failure", text -> Words.parse(text, OnFailure.class))
                        .orElse(AuditSettings.DEFAULT.onFailure()),
                audit.parsed("secret_env_var", this::secret));
        Optional<String> file = audit.string("file");
        if (file.isEmpty() && !audit.keys().isEmpty()) {
            audit.reject("file", "is missing; say where decisions are to be written");
        }
        return file.map(path -> new AuditFileSettings(path, settings));
    }

    private static TracingSettings tracing(Section tracing) {
        return new TracingSettings(tracing.flag("enabled"), tracing.parsed("endpoint", TracingSettings::endpoint));
    }

    private String secret(String variable) {
        return environment
                .apply(variable)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new IllegalArgumentException(
                        "names an environment variable that is not set; set it, or remove this key"));
    }
}
