package dev.guardrails4j.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerCommandTest {

    private static final String GOOD = "models:\n  - type: main\n    engine: demo\n";
    private static final String BAD = "rails:\n  input:\n    flows:\n      - no such rail\n";
    private static final Pattern ADDRESS = Pattern.compile("address +(\\S+)");

    @TempDir
    private Path folder;

    private Cli cli;
    private Thread command = new Thread(() -> {});

    @BeforeEach
    void makeCli() {
        cli = new Cli(folder);
    }

    @AfterEach
    void stop() throws InterruptedException {
        command.interrupt();
        command.join();
    }

    @Test
    void servesTheFolderNamedConfig() throws Exception {
        cli.file("config/one/config.yml", GOOD).file("config/two/config.yml", GOOD);

        URI address = start();

        assertThat(get(address, "/v1/rails/configs")).contains("\"one\"", "\"two\"");
        assertThat(cli.out()).contains("one, two", "main: demo (one, two)", "rails");
    }

    @Test
    void answersByTheDefaultWhileOtherConfigurationsAreStillCompiled() throws Exception {
        Path signal = folder.resolve("signal");
        new JarBuilder()
                .source(
                        "com.acme.SlowRail",
                        JarBuilder.railSource("com.acme.SlowRail", "slow", "")
                                .replace("return context", """
                                while (!java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                                    java.util.concurrent.locks.LockSupport.parkNanos(1_000_000);
                                }
                                return context""".formatted(signal)))
                .service(Rail.class, "com.acme.SlowRail")
                .writeTo(folder.resolve("plugins/slow.jar"));
        cli.file("config/first/config.yml", GOOD)
                .file("config/slow/config.yml", "rails:\n  input:\n    flows:\n      - slow\n");
        int port = freePort();
        command = new Thread(
                () -> cli.run("server", "--port", String.valueOf(port), "--default-config-id", "first"),
                "server-command");
        command.start();

        URI address = URI.create("http://127.0.0.1:" + port);
        await().atMost(Duration.ofMinutes(1))
                .ignoreException(ConnectException.class)
                .until(() -> get(address, "/v1/rails/configs").contains("first"));
        Files.createFile(signal);

        await().atMost(Duration.ofMinutes(1)).until(() -> cli.out().contains("plug-ins  "));
        assertThat(cli.out()).contains("first (default), slow");
    }

    @Test
    void servesTheExamplesIfThereIsNoFolderNamedConfig() throws Exception {
        Path files = folder.resolve("distribution");
        cli.file("distribution/examples/configs/quickstart/config.yml", GOOD).withFilesOf(files);

        URI address = start();

        assertThat(get(address, "/v1/rails/configs")).contains("\"quickstart\"");
        assertThat(cli.out()).contains("quickstart (default)");
    }

    @Test
    void isNotAlarmedByExamplesThatNeedSomethingFirst() throws Exception {
        cli.file("distribution/examples/configs/quickstart/config.yml", GOOD)
                .file("distribution/examples/configs/keyed/config.yml", BAD)
                .withFilesOf(folder.resolve("distribution"));

        start();

        assertThat(cli.out())
                .contains("Examples that need a key or a plug-in first: keyed", "guardrails validate " + folder)
                .doesNotContain("no such rail");
    }

    @Test
    void makesALoneConfigurationTheDefault() throws Exception {
        cli.file("support/config.yml", GOOD);

        start("--config", "~/../support/");

        assertThat(cli.out()).contains("support (default)");
    }

    @Test
    void servesBelowThePrefix() throws Exception {
        cli.file("config/config.yml", GOOD);

        URI address = start("--prefix", "/guard/");

        assertThat(address.getPath()).isEqualTo("/guard");
        assertThat(get(address, "/v1/rails/configs")).contains("config");
    }

    @Test
    void showsHostsButNeitherKeysNorPathsOfModels() throws Exception {
        cli.with("THE_KEY", "sk-very-secret").file("config/config.yml", """
                models:
                  - type: main
                    engine: openai
                    model: gpt-4o-mini
                    api_key_env_var: THE_KEY
                    parameters:
                      base_url: http://models.example:8080/v1/tenant-7
                """);

        start();

        assertThat(cli.out())
                .contains("main: openai/gpt-4o-mini at models.example:8080 (config)")
                .doesNotContain("sk-very-secret", "tenant-7");
    }

    @Test
    void servesTheGoodConfigurationsAndListsTheBad() throws Exception {
        cli.file("config/good/config.yml", GOOD).file("config/bad/config.yml", BAD);

        start();

        assertThat(cli.out())
                .contains("Configuration 'bad' cannot be used: 1 error", "  config/bad/config.yml:4: ", "no such rail");
    }

    @Test
    void doesNotStartWithABrokenDefault() {
        cli.file("config/good/config.yml", GOOD).file("config/bad/config.yml", BAD);

        assertThat(cli.run("server", "--port", "0", "--default-config-id", "bad"))
                .isEqualTo(1);

        assertThat(cli.err()).contains("no such rail", "its default configuration cannot be used");
    }

    /** The address of a configuration, the usual one of an engine, and that which the environment says. */
    @ParameterizedTest
    @CsvSource({
        "custom, https://elsewhere.example/v1, '', config.yml:1",
        "openai, '', '', config.yml:1",
        "custom, https://models.example/v1, https://elsewhere.example/v1, MAIN_MODEL_BASE_URL"
    })
    void doesNotCallHostsThatAreNotAllowed(String engine, String baseUrl, String override, String place) {
        String parameters = baseUrl.isEmpty() ? "" : ", parameters: {base_url: '" + baseUrl + "'}";
        cli.file("config/config.yml", "models: [{type: main, engine: " + engine + ", model: m" + parameters + "}]\n")
                .with("OPENAI_API_KEY", "k")
                .with("MAIN_MODEL_BASE_URL", override);

        assertThat(cli.run("server", "--port", "0", "--set", "models.allowed_hosts=[models.example]"))
                .isEqualTo(1);

        assertThat(cli.err()).contains(place, "on a host that models.allowed_hosts in server.yml does not name");
    }

    @Test
    void doesNotStartWithNothingButBrokenConfigurations() {
        cli.file("config/config.yml", BAD);

        assertThat(cli.run("server", "--port", "0")).isEqualTo(1);

        assertThat(cli.err()).contains("no such rail", "the server was not started");
    }

    @Test
    void doesNotStartWithADefaultThatIsNotThere() {
        cli.file("config/support/config.yml", GOOD);

        assertThat(cli.run("server", "--port", "0", "--default-config-id", "suport"))
                .isEqualTo(1);

        assertThat(cli.err()).contains("'suport'", "did you mean 'support'?");
    }

    @Test
    void takesTheDefaultOfTheEnvironmentBeforeItsOwn() throws Exception {
        cli.file("config/one/config.yml", GOOD)
                .file("config/two/config.yml", GOOD)
                .with("DEFAULT_CONFIG_ID", "two");

        start("--default-config-id", "one");

        assertThat(cli.out()).contains("one, two (default)");
    }

    @Test
    void keepsThreadsInAFileUnlessToldOtherwise() throws Exception {
        cli.file("config/config.yml", GOOD);

        start();

        assertThat(cli.out()).contains("threads   embedded in ./guardrails-data");
        assertThat(folder.resolve("guardrails-data/threads.mv.db")).exists();
    }

    @Test
    void takesThreadsFromTheOptionBeforeTheEnvironmentBeforeTheFile() throws Exception {
        cli.file("config/one/config.yml", GOOD)
                .file("config/server.yml", "threads: {store: none, path: of-file}\nserver: {prefix: /of-file}\n")
                .with("GUARDRAILS_THREADS", "embedded")
                .with("GUARDRAILS_DATA", "of-environment")
                .with("GUARDRAILS_PREFIX", "/of-environment");

        URI address = start("--data", "of-option");

        assertThat(cli.out()).contains("threads   embedded in ./of-option");
        assertThat(address.getPath()).isEqualTo("/of-environment");
    }

    @Test
    void readsTheFileBesideALoneConfiguration() throws Exception {
        cli.file("config/config.yml", GOOD)
                .file("config/server.yml", "threads: {store: memory}\nserver: {prefix: /of-file}\n");

        URI address = start();

        assertThat(address.getPath()).isEqualTo("/of-file");
        assertThat(cli.out()).contains("threads   in memory, until the server stops");
        assertThat(get(address, "/v1/rails/configs")).contains("config");
    }

    @Test
    void readsTheFileThatIsNamed() throws Exception {
        cli.file("config/config.yml", GOOD).file("elsewhere.yml", "threads: {store: none}\n");

        start("--server-config", "elsewhere.yml");

        assertThat(cli.out()).contains("threads   none");
    }

    @Test
    void doesNotStartWithSettingsThatAreNotRight() {
        cli.file("config/config.yml", GOOD).file("config/server.yml", "server: {prot: 1}\nthreads: {store: cloud}\n");

        assertThat(cli.run("server")).isEqualTo(1);

        assertThat(cli.err())
                .contains("config/server.yml:1: unknown key 'prot'", "config/server.yml:2: threads.store: must be");
    }

    @ParameterizedTest
    @CsvSource({
        "GUARDRAILS_PORT, eighty, must be a number",
        "NEMO_GUARDRAILS_SERVER_ENABLE_CORS, maybe, must be true or false",
        "NEMO_GUARDRAILS_SERVER_ALLOWED_ORIGINS, app.example.com, is not an origin",
        "NEMO_GUARDRAILS_SERVER_METRICS_EXPORTER, statsd, must be prometheus or none",
        "GUARDRAILS_AUTO_RELOAD, often, must be true or false",
        "GUARDRAILS_MAX_BODY, lots, is not a size",
        "GUARDRAILS_THREADS, cloud, 'must be embedded, memory, redis or none'",
        "GUARDRAILS_THREADS, redis, nothing says where it is",
        "GUARDRAILS_CONFIG_STORE, cloud, 'must be embedded, memory, redis or none'",
        "GUARDRAILS_CONFIG_STORE, redis, 'config_store.store is redis, and nothing says where it is'",
        "GUARDRAILS_REDIS_URL, http://x, is not a URL of Redis",
        "GUARDRAILS_SERVER_CONFIG, gone.yml, no such file"
    })
    void doesNotStartWithVariablesThatMakeNoSense(String variable, String value, String complaint) {
        cli.file("config/config.yml", GOOD).with(variable, value);

        assertThat(cli.run("server", "--host", "127.0.0.1")).isEqualTo(1);

        assertThat(cli.err()).contains(complaint);
    }

    @Test
    void doesNotStartWithAThreadsFileThatAnotherServerUses() throws Exception {
        cli.file("config/config.yml", GOOD);
        start("--data", "shared");

        assertThat(cli.run("server", "--port", "0", "--data", "shared")).isEqualTo(1);

        assertThat(cli.err()).contains("threads.mv.db is in use by another server", "--data");
    }

    @Test
    void servesWithoutThreadsIfNobodyAskedForThemAndTheyCannotBeKept() throws Exception {
        cli.file("config/config.yml", GOOD).file("guardrails-data", "a file in the way");

        start();

        assertThat(cli.out()).contains("threads   none: ", "cannot be written");
    }

    @Test
    void storesConfigurationsWhereThreadsAreKeptUnlessToldOtherwise() throws Exception {
        cli.file("config/config.yml", GOOD);

        start();

        assertThat(cli.out()).contains("stored    embedded in ./guardrails-data");
    }

    @Test
    void takesWhereConfigurationsAreStoredFromTheOptionBeforeTheEnvironmentBeforeTheFile() throws Exception {
        cli.file("config/one/config.yml", GOOD)
                .file("config/server.yml", "config_store: {store: none}\nworkspaces: [payments]\n")
                .with("GUARDRAILS_CONFIG_STORE", "embedded");

        URI address = start("--config-store", "memory");

        assertThat(cli.out()).contains("stored    in memory, until the server stops");
        assertThat(get(address, "/apis/guardrails/v2/workspaces/payments/configs"))
                .contains("\"total_results\":0");
    }

    @Test
    void takesUpEditsIfItIsToldTo() throws Exception {
        cli.file("config/one/config.yml", GOOD);

        URI address = start("--auto-reload");
        cli.file("config/one/config.yml", BAD);

        assertThat(cli.out()).contains("config, edits are taken up");
        await().untilAsserted(
                        () -> assertThat(get(address, "/health/ready")).contains("rejected_edits", "no such rail"));
    }

    @ParameterizedTest
    @CsvSource({"--auto-reload, true", "--no-auto-reload, false"})
    void takesTheOptionForAutoReloadBeforeTheFile(String option, boolean isOn) throws Exception {
        cli.file("config/one/config.yml", GOOD).file("config/server.yml", "auto_reload: %s".formatted(!isOn));

        start(option);

        assertThat(cli.out().contains("edits are taken up")).isEqualTo(isOn);
    }

    @ParameterizedTest
    @CsvSource({
        // option, whether, whose, file, allowed
        "'', '', '', '', ''",
        "'', true, '', '', https://any.example",
        "'', true, 'https://a.example, https://any.example', '', https://any.example",
        "'', true, https://a.example, '', ''",
        "'', '', '*', '', ''",
        "'', '', '', 'https://any.example', https://any.example",
        "'', true, '', 'https://a.example', ''",
        "'', false, '', 'https://any.example', ''",
        "'https://a.example,https://any.example', false, '', '', https://any.example"
    })
    void takesOriginsFromTheOptionBeforeTheEnvironmentBeforeTheFile(
            String option, String whether, String whose, String file, String allowed) throws Exception {
        cli.file("config/one/config.yml", GOOD)
                .file("config/server.yml", file.isEmpty() ? "" : "cors: {allowed_origins: ['%s']}".formatted(file))
                .with("NEMO_GUARDRAILS_SERVER_ENABLE_CORS", whether)
                .with("NEMO_GUARDRAILS_SERVER_ALLOWED_ORIGINS", whose);

        URI address = option.isEmpty() ? start("--disable-chat-ui") : start("--allowed-origins", option);

        HttpRequest request = HttpRequest.newBuilder(address.resolve("/healthz"))
                .header("Origin", "https://any.example")
                .build();
        assertThat(HttpClient.newHttpClient()
                        .send(request, BodyHandlers.ofString())
                        .headers()
                        .firstValue("Access-Control-Allow-Origin")
                        .orElse(""))
                .isEqualTo(allowed);
    }

    @Test
    void doesNotStartWithChallengesThatAreNotRight() {
        cli.file("config/one/config.yml", GOOD).file("config/challenges.json", "[\n  {]\n]");

        assertThat(cli.run("server", "--port", "0")).isEqualTo(1);

        assertThat(cli.err()).contains("challenges.json:2: column 4: not valid JSON");
    }

    @Test
    void doesNotStartWithoutConfigurations() {
        assertThat(cli.run("server", "--port", "0")).isEqualTo(1);

        assertThat(cli.err()).contains("no folder ./config", "--config");
    }

    @Test
    void servesMetricsBesideEverythingElseUnlessToldOtherwise() throws Exception {
        cli.file("config/config.yml", GOOD);

        URI address = start();

        assertThat(get(address, "/metrics")).contains("guardrails_build_info", "guardrails_configurations 1.0");
        assertThat(cli.out()).doesNotContain("/metrics");
    }

    @Test
    void servesMetricsAtAnAddressOfTheirOwn() throws Exception {
        cli.file("config/config.yml", GOOD).file("config/server.yml", "metrics: {port: 0}");

        URI address = start();

        Matcher own =
                Pattern.compile("metrics +(http://127.0.0.1:[0-9]+)/metrics").matcher(cli.out());
        assertThat(own.find()).isTrue();
        assertThat(get(URI.create(own.group(1)), "/metrics")).contains("guardrails_build_info");
        assertThat(get(address, "/metrics")).contains("Not Found");
    }

    @Test
    void takesMetricsFromTheVariablesOfTheReferenceBeforeTheFile() throws Exception {
        cli.file("config/config.yml", GOOD)
                .file("config/server.yml", "metrics: {port: 1}")
                .with("NEMO_GUARDRAILS_SERVER_METRICS_EXPORTER", "Prometheus")
                .with("NEMO_GUARDRAILS_SERVER_METRICS_HOST", "127.0.0.1")
                .with("NEMO_GUARDRAILS_SERVER_METRICS_PORT", "0");

        start();

        assertThat(cli.out()).containsPattern("metrics +http://127.0.0.1:[0-9]{4,5}/metrics");
    }

    @Test
    void countsNothingIfThatIsWanted() throws Exception {
        cli.file("config/config.yml", GOOD).file("config/server.yml", "metrics: {enabled: false}");

        assertThat(get(start(), "/metrics")).contains("Not Found");
    }

    @Test
    void saysThatThePortIsInUse() throws IOException {
        cli.file("config/config.yml", GOOD);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            int port = taken.getLocalPort();

            assertThat(cli.run("server", "--port", String.valueOf(port))).isEqualTo(1);

            assertThat(cli.err().lines())
                    .singleElement()
                    .asString()
                    .contains("port " + port + " on 127.0.0.1 is in use", "--port");
        }
    }

    @Test
    void saysThatTheAddressIsNotOfThisMachine() {
        cli.file("config/config.yml", GOOD);

        assertThat(cli.run("server", "--port", "0", "--host", "192.0.2.1")).isEqualTo(1);

        assertThat(cli.err()).contains("192.0.2.1", "not an address of this machine", "--host");
    }

    @ParameterizedTest
    @CsvSource({
        "--port, 65536, not between 0 and 65535",
        "--port, eighty, eighty",
        "--prefix, guard, prefix 'guard' is not a path",
        "--max-body, lots, is not a size",
        "--allowed-origins, app.example.com, is not an origin",
        "--threads, cloud, 'must be embedded, memory, redis or none'",
        "--config, nowhere, there is no folder",
        "--plugins, nowhere, there is no folder"
    })
    void refusesOptionsThatMakeNoSense(String option, String value, String complaint) throws IOException {
        Files.createDirectory(folder.resolve("config"));
        cli.file("config/config.yml", GOOD);

        assertThat(cli.run("server", option, value)).isEqualTo(2);

        assertThat(cli.err()).contains(complaint, "server --help");
    }

    /** Starts the command in a thread and waits until it listens. */
    private URI start(String... arguments) {
        String[] all = new String[arguments.length + 3];
        List.of("server", "--port", "0").toArray(all);
        System.arraycopy(arguments, 0, all, 3, arguments.length);
        command = new Thread(() -> cli.run(all), "server-command");
        command.start();
        await().atMost(Duration.ofMinutes(1))
                .until(() -> !command.isAlive() || cli.out().contains("plug-ins  "));
        Matcher address = ADDRESS.matcher(cli.out());
        assertThat(address.find()).as("listens; it said: %s", cli.err()).isTrue();
        return URI.create(address.group(1));
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0)) {
            return free.getLocalPort();
        }
    }

    private static String get(URI address, String path) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + path)).build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
    }
}
