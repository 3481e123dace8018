package dev.guardrails4j.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.config.HttpAddress;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.Reach;
import dev.guardrails4j.engine.config.SettingOverride;
import dev.guardrails4j.engine.upstream.UpstreamLimits;
import dev.guardrails4j.server.configs.store.ConfigLimits;
import dev.guardrails4j.server.http.ChecksDialect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileSettingsTest {

    @TempDir
    private Path folder;

    @Test
    void readsEverything() {
        FileSettings settings = read("""
                server: {host: 0.0.0.0, port: 8080, prefix: /guard/, max_body: 8MiB}
                default_config_id: support
                auto_reload: true
                cors: {allowed_origins: [https://app.example.com, ' http://localhost:3000 ']}
                threads:
                  store: redis
                  ttl: 7d
                  max_messages: 200
                  max_bytes: 64KiB
                  path: data
                  redis: {url: 'redis://${REDIS_HOST}:6380/1', password_env_var: REDIS_PASSWORD}
                """);

        assertThat(settings.host()).contains("0.0.0.0");
        assertThat(settings.port()).contains(8080);
        assertThat(settings.prefix()).contains("/guard");
        assertThat(settings.maxBody()).contains(new ByteSize(8 << 20));
        assertThat(settings.defaultConfigId()).contains("support");
        assertThat(settings.autoReload()).contains(true);
        assertThat(settings.allowedOrigins().orElseThrow().origins())
                .containsExactlyInAnyOrder("https://app.example.com", "http://localhost:3000");
        ThreadSettings threads = settings.threads();
        assertThat(threads.store()).isEqualTo(StoreKind.REDIS);
        assertThat(threads.limits().ttl()).isEqualTo(Duration.ofDays(7));
        assertThat(threads.limits().maxMessages()).isEqualTo(200);
        assertThat(threads.limits().maxBytes()).isEqualTo(64 << 10);
        assertThat(threads.path()).contains("data");
        assertThat(threads.redis().orElseThrow()).hasToString("redis at cache:6380");
        assertThat(threads.redis().orElseThrow().password()).isEqualTo("open sesame");
    }

    @Test
    void refusesAllowedHostsThatAreNone() {
        assertThatThrownBy(() -> read("models: {allowed_hosts: ['https://example.com']}"))
                .hasMessageContaining("server.yml:1: models.allowed_hosts: must be hosts");
    }

    @Test
    void readsWhoseChecksAreTaken() {
        assertThat(read("checks: {dialect: trustyai}").checksDialect()).isEqualTo(ChecksDialect.TRUSTYAI);
        assertThat(read("checks: {dialect: microservice}").checksDialect()).isEqualTo(ChecksDialect.MICROSERVICE);
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> read("checks: {dialect: TrustyAI}"))
                .withMessageContaining("server.yml:1: checks.dialect: must be microservice or trustyai");
    }

    @Test
    void readsHowConfigurationsOfCallersAreStored() {
        FileSettings settings = read("""
                threads: {store: memory}
                config_store:
                  store: redis
                  max_configs: 50
                  max_bytes: 8MiB
                  redis: {url: 'redis://${REDIS_HOST}', password_env_var: REDIS_PASSWORD}
                workspaces: [payments, support-2]
                """);

        ConfigStoreSettings configs = settings.configStore();
        assertThat(configs.store()).contains(StoreKind.REDIS);
        assertThat(configs.limits()).isEqualTo(new ConfigLimits(50, 8 << 20));
        assertThat(configs.redis().orElseThrow()).hasToString("redis at cache:6379");
        assertThat(configs.redis().orElseThrow().password()).isEqualTo("open sesame");
        assertThat(configs.workspaces()).containsExactly("payments", "support-2");
        assertThat(read("{}").configStore()).isEqualTo(ConfigStoreSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            config_store: {store: sql}         | config_store.store: must be embedded, memory, redis or none
            config_store: {max_configs: 0}     | config_store.max_configs
            config_store: {max_bytes: many}    | config_store.max_bytes
            config_store: {redis: {url: 'x'}}  | config_store.redis.url: is not a URL of Redis
            config_store: {path: x}            | unknown key 'path' in config_store
            workspaces: [Payments]             | workspaces: must be names
            """)
    void saysWhatIsWrongWithHowConfigurationsAreStored(String yaml, String problem) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> read(yaml))
                .withMessageContaining("server.yml:1: ")
                .withMessageContaining(problem);
    }

    @Test
    void readsWhatConfigurationsOfCallersMayReach() {
        FileSettings settings = read("""
                caller_configs:
                  addresses:
                    - url: https://LLM.example.com/v1/
                      api_key_env_vars: [LLM_KEY, SPARE_KEY]
                    - url: http://localhost:8001
                  engines:
                    - engine: Bedrock
                      api_key_env_vars: AWS_KEY
                """);

        assertThat(settings.callerReach())
                .isEqualTo(new Reach(
                        Map.of(
                                HttpAddress.of(URI.create("https://llm.example.com")), Set.of("LLM_KEY", "SPARE_KEY"),
                                HttpAddress.of(URI.create("http://localhost:8001")), Set.of()),
                        Map.of("bedrock", Set.of("AWS_KEY"))));
    }

    @Test
    void saysWhatIsWrongWithWhatConfigurationsOfCallersMayReach() {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> read("""
                        caller_configs:
                          addresses:
                            - url: llm.example.com
                            - api_key_env_vars: [sk-123]
                            - url: http://user:hunter2@h
                              keys: []
                          engines:
                            - {}
                        """))
                .satisfies(wrong -> assertThat(wrong.problems())
                        .extracting(Problem::toString)
                        .map(text -> text.substring(text.indexOf("server.yml")))
                        .containsExactly(
                                "server.yml:3: caller_configs.addresses[0].url: must begin with http:// or https://",
                                "server.yml:4: caller_configs.addresses[1].api_key_env_vars: must be names of environment variables;"
                                        + " never the keys themselves",
                                "server.yml:4: caller_configs.addresses[1].url is missing; set it to a string",
                                "server.yml:5: caller_configs.addresses[2].url: must not hold a user or password; give a key with"
                                        + " api_key_env_var",
                                "server.yml:6: unknown key 'keys' in caller_configs.addresses[2]; known keys: api_key_env_vars, url",
                                "server.yml:8: caller_configs.engines[0].engine is missing; set it to a string"));
    }

    @Test
    void readsWhichPluginsAreLetInAndWhatRailsMayTake() {
        FileSettings settings = read("""
                plugins:
                  allowlist: [%s]
                  signers: {keystore: signers.p12, password_env_var: REDIS_PASSWORD}
                rail_limits:
                  default: {timeout: 10s, max_concurrent_checks: 500, setup_timeout: 5s}
                  plugins:
                    acme.jar: {max_concurrent_checks: 20, circuit_breaker: {failure_rate: 20, open_for: 1m}}
                  rails:
                    competitor check: {circuit_breaker: {enabled: false}}
                """.formatted("ab".repeat(32)));

        assertThat(settings.plugins().allowlist()).contains(List.of("ab".repeat(32)));
        assertThat(settings.plugins().keyStore()).contains("signers.p12");
        assertThat(settings.plugins().keyStorePassword()).contains("open sesame");
        RailLimits.Book limits = settings.railLimits();
        assertThat(limits.of("any", "other.jar"))
                .isEqualTo(new RailLimits(
                        Optional.of(Duration.ofSeconds(10)), 500, RailLimits.DEFAULT.breaker(), Duration.ofSeconds(5)));
        assertThat(limits.of("any", "acme.jar"))
                .isEqualTo(new RailLimits(
                        Optional.of(Duration.ofSeconds(10)),
                        20,
                        Optional.of(new RailLimits.Breaker(20, 20, Duration.ofMinutes(1), 3)),
                        Duration.ofSeconds(5)));
        assertThat(limits.of("competitor check", "acme.jar").breaker()).isEmpty();
    }

    @Test
    void readsWhatCallsOfModelsMayTake() {
        assertThat(read("""
                models:
                  max_concurrent_calls: 500
                  max_call_wait: 0s
                  circuit_breaker:
                    {failure_rate: 30, window: 40, minimum_calls: 10, open_for: 1m, half_open_calls: 2, late_after: 0.5}
                """).upstreamLimits())
                .isEqualTo(new UpstreamLimits(
                        500,
                        Duration.ZERO,
                        Optional.of(new UpstreamLimits.Breaker(
                                30, 40, 10, Duration.ofMinutes(1), 2, Duration.ofMillis(500)))));
        assertThat(read("models: {allowed_hosts: [a.example.com]}").upstreamLimits())
                .isEqualTo(UpstreamLimits.DEFAULT);
        assertThat(read("models: {circuit_breaker: {enabled: false}}")
                        .upstreamLimits()
                        .breaker())
                .isEmpty();
    }

    @Test
    void fitsTheNumberOfRememberedCallsToTheOneThatIsSaid() {
        assertThat(breaker("{window: 10}").minimumCalls()).isEqualTo(10);
        assertThat(breaker("{minimum_calls: 300}").window()).isEqualTo(300);
    }

    private UpstreamLimits.Breaker breaker(String yaml) {
        return read("models: {circuit_breaker: " + yaml + "}")
                .upstreamLimits()
                .breaker()
                .orElseThrow();
    }

    @Test
    void leavesWhatIsNotSaidToOthers() {
        FileSettings nothing = FileSettings.read(Optional.empty(), List.of(), name -> Optional.empty());

        assertThat(read("")).isEqualTo(nothing);
        assertThat(read("threads:\nserver:\n")).isEqualTo(nothing);
        assertThat(nothing.host()).isEmpty();
        assertThat(nothing.threads()).isEqualTo(ThreadSettings.DEFAULT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "serevr: {port: 1}                   | unknown key 'serevr'; did you mean 'server'?",
                "server: {prot: 1}                   | unknown key 'prot' in server; did you mean 'port'?",
                "threads: {redis: {ulr: x}}          | unknown key 'ulr' in threads.redis; did you mean 'url'?",
                "server: 8080                        | server must be a map but is a number",
                "- server                            | must be a map but is a list",
                "server: {port: 65536}               | server.port: must be from 0 to 65535",
                "server: {port: eighty}              | server.port must be a whole number but is a string",
                "cors: {allowed_origins: ['app.com']} | cors.allowed_origins: 'app.com' is not an origin; give * or",
                "cors: {allowed: ['*']}              | unknown key 'allowed' in cors; known keys: allowed_origins",
                "auto_reload: often                  | auto_reload must be true or false but is a string",
                "server: {host: 5}                   | server.host must be a string but is a number",
                "server: {prefix: guard}             | is not a path",
                "server: {max_body: lots}            | is not a size",
                "threads: {store: cloud}             | threads.store: must be embedded, memory, redis or none",
                "threads: {store: redis}             | threads.redis: needs a url, for threads.store is redis",
                "plugins: {allowlist: [x]}           | plugins.allowlist: each entry must be a SHA-256 sum",
                "plugins: {allow: []}                | unknown key 'allow' in plugins",
                "rail_limits: {default: {timeout: 0}} | rail_limits.default.timeout: must be more than nothing",
                "rail_limits: {rails: {x: {max_concurrent_checks: 0}}} | rail_limits.rails.x.max_concurrent_checks: must be from 1",
                "rail_limits: {rails: {x: {timout: 1}}} | unknown key 'timout' in rail_limits.rails.x; did you mean 'timeout'?",
                "models: {max_concurrent_calls: 0}   | models.max_concurrent_calls: must be from 1 to 1000000",
                "models: {max_call_wait: 61s}        | models.max_call_wait: must be from 0s to 60s",
                "models: {circuit_breaker: {open_for: 0}} | models.circuit_breaker.open_for: must be from 1ms to 3600s",
                "models: {circuit_breaker: {failure_rate: 0}} | models.circuit_breaker.failure_rate: must be from 1 to 100",
                "models: {circuit_breaker: {window: 10, minimum_calls: 11}} | models.circuit_breaker.minimum_calls: must not be more than window",
                "models: {circuit_breaker: {failure_rte: 5}} | unknown key 'failure_rte' in models.circuit_breaker; did you mean 'failure_rate'?",
                "metrics: {host: 127.0.0.1}          | metrics.host: needs a metrics.port beside it",
                "tracing: {endpoint: 'localhost:4318'} | tracing.endpoint: must be a URL such as http://localhost:4318",
                "tracing: {endpoint: 'a b'}          | tracing.endpoint: must be a URL such as http://localhost:4318",
                "metrics: {port: 65536}              | metrics.port: must be from 0 to 65535",
                "threads: {ttl: soon}                | threads.ttl: must be a length of time such as 30d",
                "threads: {ttl: 0s}                  | threads.ttl: must be from 1s to 3650d",
                "threads: {ttl: 30}                  | threads.ttl must be a string but is a number",
                "threads: {max_messages: 1}          | threads.max_messages: must be from 2 to 10000",
                "threads: {redis: {url: 'http://x'}} | threads.redis.url: is not a URL of Redis",
                "threads: {redis: {password_env_var: NOT_SET}} | names an environment variable that is not set",
                "default_config_id: '${NOT_SET}'     | environment variable 'NOT_SET' is not set; default_config_id needs it",
                "server: {port: 1, port: 2}          | port",
                "server: {                           | not valid YAML"
            })
    void refusesWhatIsNotRight(String yaml, String complaint) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("server.yml:")
                .hasMessageContaining(complaint);
    }

    @Test
    void namesEverythingThatIsWrongByItsLine() {
        assertThatThrownBy(() -> read("""
                server:
                  port: -1
                threads:
                  store: cloud
                  tll: 30d
                """))
                .isInstanceOfSatisfying(
                        InvalidConfigException.class,
                        wrong -> assertThat(wrong.problems())
                                .extracting(Problem::toString)
                                .map(problem -> problem.replace(folder.toString(), ""))
                                .containsExactly(
                                        "/server.yml:2: server.port: must be from 0 to 65535",
                                        "/server.yml:4: threads.store: must be embedded, memory, redis or none",
                                        "/server.yml:5: unknown key 'tll' in threads; did you mean 'ttl'?"));
    }

    @Test
    void neverShowsAPassword() {
        assertThatThrownBy(() -> read("threads: {redis: {url: 'redis-moon://:open-sesame@one'}}"))
                .hasMessageContaining("is not a URL of Redis")
                .hasMessageNotContaining("sesame");
    }

    @Test
    void takesWhatIsSaidInPlaceOfTheFile() {
        FileSettings settings = read(
                "{server: {port: 8080, host: 0.0.0.0, forwarded_headers: [X-A]}, threads: {ttl: 7d}}",
                "server.port=9090",
                "threads.ttl=12h",
                "threads.ttl=90s",
                "server.forwarded_headers=[X-B, X-C]",
                "threads={max_messages: 20}");

        assertThat(settings.port()).contains(9090);
        assertThat(settings.host()).contains("0.0.0.0");
        assertThat(settings.threads().limits().ttl()).isEqualTo(Duration.ofSeconds(90));
        assertThat(settings.threads().limits().maxMessages()).isEqualTo(20);
        assertThat(settings.forwardedHeaders().names()).containsExactlyInAnyOrder("x-b", "x-c");
    }

    @Test
    void needsNoFile() {
        FileSettings settings = FileSettings.read(
                Optional.empty(),
                List.of(SettingOverride.parse("--set", "default_config_id=support")),
                FileSettingsTest::environment);

        assertThat(settings.defaultConfigId()).contains("support");
        assertThat(settings.port()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "threads.tll=7d | --set threads.tll:1: unknown key 'tll' in threads; did you mean 'ttl'?",
                "threads.ttl=soon | --set threads.ttl:1: threads.ttl: must be a length of time",
                "threads.ttl=7d} | --set threads.ttl:1",
                "threads.redis.url=${NOT_SET} | --set threads.redis.url:1",
                "server=8000 | --set server:1: server must be a map"
            })
    void saysWhereAWrongValueIsSaid(String override, String problem) {
        assertThatExceptionOfType(InvalidConfigException.class)
                .isThrownBy(() -> read("auto_reload: true", override))
                .withMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"threads.ttl", "=7d", "threads..ttl=7d", "threads.ttl=7d\nauto_reload: true", "a b=c"})
    void refusesWhatIsNotAKeyAndAValue(String override) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SettingOverride.parse("--set", override))
                .withMessageContaining("--set takes a key and a value");
    }

    private FileSettings read(String yaml, String... overrides) {
        try {
            Path file = Files.writeString(folder.resolve(FileSettings.FILE_NAME), yaml);
            return FileSettings.read(
                    Optional.of(file),
                    Stream.of(overrides)
                            .map(text -> SettingOverride.parse("--set", text))
                            .toList(),
                    FileSettingsTest::environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<String> environment(String name) {
        return switch (name) {
            case "REDIS_HOST" -> Optional.of("cache");
            case "REDIS_PASSWORD" -> Optional.of("open sesame");
            default -> Optional.empty();
        };
    }
}
