package dev.guardrails4j.server.settings;

import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.config.AllowedHosts;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.config.SettingOverride;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.server.http.AdmissionSettings;
import dev.guardrails4j.server.http.AllowedOrigins;
import dev.guardrails4j.server.http.ChecksDialect;
import dev.guardrails4j.server.http.ConnectionSettings;
import dev.guardrails4j.server.http.DrainSettings;
import dev.guardrails4j.server.http.ForwardedHeaders;
import dev.guardrails4j.server.tracing.TracingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What {@code server.yml} says. What it does not say is empty, and is to be looked for elsewhere.
 *
 * @param host the address to listen on
 * @param port the port, 0 for any that is free
 * @param prefix what every path begins with
 * @param maxBody the longest request body
 * @param defaultConfigId which configuration serves requests that name none
 * @param autoReload whether edits of configurations are taken up while the server runs
 * @param allowedOrigins whose pages may read answers in a browser
 * @param forwardedHeaders which headers of requests are passed on to the main model
 * @param threads how conversation threads are kept
 * @param configStore how the configurations are kept that callers store
 * @param callerReach what configurations that come over HTTP may reach beside what the operator's own use
 * @param allowedHosts what configurations may call, whoever wrote them
 * @param checksDialect which server's check requests are taken where several have the same path
 * @param actions whether clients may execute actions
 * @param plugins which plug-ins are let in
 * @param railLimits what rails may take
 * @param upstreamLimits what calls of one server of models, rails or actions may take
 * @param access who may call
 * @param metrics whether there are metrics, and where
 * @param audit where decisions are written
 * @param tracing whether spans are made, and where they go
 * @param tls what the server is to prove itself with
 * @param admission how much work is taken on at a time
 * @param connections what clients may take of the server's connections
 * @param drain how the server stops
 */
public record FileSettings(
        Optional<String> host,
        Optional<Integer> port,
        Optional<String> prefix,
        Optional<ByteSize> maxBody,
        Optional<String> defaultConfigId,
        Optional<Boolean> autoReload,
        Optional<AllowedOrigins> allowedOrigins,
        ForwardedHeaders forwardedHeaders,
        ThreadSettings threads,
        ConfigStoreSettings configStore,
        Reach callerReach,
        AllowedHosts allowedHosts,
        ChecksDialect checksDialect,
        Optional<Boolean> actions,
        PluginSettings plugins,
        RailLimits.Book railLimits,
        UpstreamLimits upstreamLimits,
        AccessSettings access,
        MetricsChoice metrics,
        Optional<AuditFileSettings> audit,
        TracingSettings tracing,
        TlsChoice tls,
        AdmissionSettings admission,
        ConnectionSettings connections,
        DrainSettings drain) {

    /** What the file is called in the folder of the configurations. */
    public static final String FILE_NAME = "server.yml";

    /**
     * Reads a file, and what is said in place of it.
     *
     * @param file if there is one
     * @param overrides the later one wins
     * @param environment the value of an environment variable by its name
     * @throws dev.guardrails4j.engine.config.InvalidConfigException if it is not right; it names everything that is wrong
     */
    public static FileSettings read(
            Optional<Path> file, List<SettingOverride> overrides, Function<String, Optional<String>> environment) {
        return new SettingsReader(environment).read(file, overrides);
    }
}
