package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.Actions;
import dev.guardrails4j.engine.CallerConfigurations;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.EngineModule;
import dev.guardrails4j.engine.EngineResources;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.ModelListing;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginFolder;
import dev.guardrails4j.engine.plugin.PluginLoader;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import dev.guardrails4j.server.configs.ServerConfigs;
import dev.guardrails4j.server.configs.Workspaces;
import dev.guardrails4j.server.configs.store.ConfigStores;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /v1/actions}, contract "chat server" 1.10, and {@code actions_server_url}, contract "config and rails" 2.9. */
class ActionRoutesTest {

    private static final String ACTION = """
            import dev.guardrails4j.api.*;
            import java.util.*;
            public class LookupAction implements Action {
                @Override public String name() { return "lookup_customer"; }
                @Override public Object execute(ActionContext context) throws Exception {
                    Object id = context.parameters().get("id");
                    if ("throw".equals(id)) throw new IllegalStateException("a secret");
                    if ("null".equals(id)) return null;
                    if ("object".equals(id)) return new Object();
                    if ("map".equals(id)) return Map.of("name", "Ada", "orders", List.of(1, 2));
                    if ("loader".equals(id)) {
                        return String.valueOf(Thread.currentThread().getContextClassLoader()
                                == getClass().getClassLoader());
                    }
                    if ("nested".equals(id)) return context.execute("lookup_customer", Map.of("id", "7"));
                    if ("endless".equals(id)) return context.execute("lookup_customer", Map.of("id", "endless"));
                    return "customer " + id;
                }
            }
            """;

    private static final String RAIL = """
            import dev.guardrails4j.api.*;
            import java.util.*;
            public class AskingRail implements Rail {
                @Override public String name() { return "asking"; }
                @Override public Set<Stage> stages() { return Set.of(Stage.INPUT); }
                @Override public RailCheck configure(RailSetup setup) {
                    setup.action("lookup_customer");
                    return context -> Verdict.block("told").with("told",
                            context.execute("lookup_customer", Map.of("id", context.text())));
                }
            }
            """;

    @TempDir
    private Path home;

    private Injector acting;
    private GuardrailsServer server;
    private String address;

    @BeforeEach
    void startAnActionsServer() throws IOException {
        new JarBuilder()
                .source("com.acme.LookupAction", ACTION)
                .service(Action.class, "com.acme.LookupAction")
                .writeTo(home.resolve("actions/acme.jar"));
        acting = engine(home.resolve("actions"), Files.createDirectories(home.resolve("none")));
        server = new GuardrailsServer(
                RunningServer.settings("", Optional.empty()),
                ServerParts.of(
                                acting.getInstance(Configurations.class),
                                ServerConfigs.of(
                                        acting.getInstance(Configurations.class),
                                        acting.getInstance(CallerConfigurations.class),
                                        ConfigStores.none(),
                                        Workspaces.NO_MORE),
                                acting.getInstance(ModelListing.class),
                                Challenges.in(home),
                                acting.getInstance(ThreadKind.class))
                        .actions(Optional.of(acting.getInstance(Actions.class)))
                        .build());
        address = "http://127.0.0.1:" + server.start();
    }

    @AfterEach
    void close() {
        server.close();
        acting.getInstance(EngineResources.class).close();
    }

    @Test
    void listsTheNamesOfActions() throws Exception {
        assertThat(send("GET", "/v1/actions/list", "").body()).isEqualTo("[\"lookup_customer\"]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{\"action_name\":\"lookup_customer\",\"action_parameters\":{\"id\":\"7\"}} | {\"status\":\"success\",\"result\":\"customer 7\"}",
                "{\"action_name\":\"LookupCustomerAction\",\"action_parameters\":{\"id\":7}} | {\"status\":\"success\",\"result\":\"customer 7\"}",
                "{\"action_name\":\"LookupCustomer\"} | {\"status\":\"success\",\"result\":\"customer null\"}",
                "{\"action_name\":\"lookup_customer\",\"action_parameters\":{\"id\":\"nested\"}} | {\"status\":\"success\",\"result\":\"customer 7\"}",
                "{\"action_name\":\"lookup_customer\",\"action_parameters\":{\"id\":\"loader\"}} | {\"status\":\"success\",\"result\":\"true\"}",
                "{\"action_name\":\"lookup_customer\",\"action_parameters\":{\"id\":\"throw\"}} | {\"status\":\"failed\",\"result\":null}",
                "{\"action_name\":\"lookup_customer\",\"action_parameters\":{\"id\":\"null\"}} | {\"status\":\"failed\",\"result\":null}",
                "{\"action_name\":\"lookup_customer\",\"action_parameters\":{\"id\":\"object\"}} | {\"status\":\"failed\",\"result\":null}",
                "{\"action_name\":\"lookup_customer\",\"action_parameters\":{\"id\":\"endless\"}} | {\"status\":\"failed\",\"result\":null}",
                "{\"action_name\":\"no such action\"} | {\"status\":\"failed\",\"result\":null}",
                "{} | {\"status\":\"failed\",\"result\":null}"
            })
    void executesAnAction(String body, String answer) throws Exception {
        HttpResponse<String> response = send("POST", "/v1/actions/run", body);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo(answer.strip());
    }

    @Test
    void givesWhatAnActionReturnsAsJson() throws Exception {
        assertThat(RunningServer.json(run("map")).path("result"))
                .isEqualTo(RunningServer.json("{\"name\":\"Ada\",\"orders\":[1,2]}"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "[]                                   | 422",
                "{\"action_name\":5}                  | 422",
                "{\"action_parameters\":[1]}          | 422",
                "no json                              | 422"
            })
    void refusesWhatIsNoRequest(String body, int status) throws Exception {
        HttpResponse<String> response = send("POST", "/v1/actions/run", body);

        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(RunningServer.json(response).path("detail").asText()).isNotEmpty();
    }

    @Test
    void aServerThatDoesNotOfferActionsHasNoSuchRoutes() {
        try (RunningServer plain = RunningServer.start(ConfigRoot.standard(home.resolve("configs"), address))) {
            assertThat(plain.get("/v1/actions/list").statusCode()).isEqualTo(404);
            assertThat(plain.send("POST", "/v1/actions/run", "{}", "Content-Type", "application/json")
                            .statusCode())
                    .isEqualTo(404);
        }
    }

    @Test
    void aRailExecutesOnTheActionsServerWhatNoJarBrings() throws IOException {
        ActivatedRail rail = asking("7");

        assertThat(rail.evidence()).containsEntry("told", "customer 7");
        assertThat(rail.actions()).extracting(action -> action.name()).contains("lookup_customer");
    }

    @Test
    void aRailBlocksWhenTheActionsServerFails() throws IOException {
        assertThat(asking("throw").outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void saysThatItIsTheActionsServerThatIsAway() throws IOException {
        address = "http://127.0.0.1:1";

        assertThatThrownBy(() -> asking("7"))
                .isInstanceOf(RailUnavailableException.class)
                .hasMessageStartingWith("The server 'actions_server' of the rail 'asking' is unavailable: ");
    }

    private ActivatedRail asking(String text) throws IOException {
        new JarBuilder()
                .source("com.acme.AskingRail", RAIL)
                .service(dev.guardrails4j.api.Rail.class, "com.acme.AskingRail")
                .writeTo(home.resolve("rails/asking.jar"));
        Path root = home.resolve("asking");
        Files.createDirectories(root.resolve("only"));
        Files.writeString(
                root.resolve("only/config.yml"),
                "actions_server_url: " + address + "/\nrails: {input: {flows: [asking]}}\n");
        Injector engine = engine(home.resolve("rails"), root);
        try (Guardrails guardrails = engine.getInstance(Configurations.class).open(List.of("only"))) {
            return guardrails
                    .generate(GenerationRequest.of(List.of(Message.user(text))).withoutDialog())
                    .log()
                    .activatedRails()
                    .get(0);
        } finally {
            engine.getInstance(EngineResources.class).close();
        }
    }

    private Injector engine(Path plugins, Path configs) {
        return Guice.createInjector(
                new EngineModule(
                        new PluginLoader(
                                        List.of(new PluginFolder(plugins, Plugin.Origin.DROPPED)),
                                        home.resolve("copies"))
                                .load(),
                        name -> Optional.empty()),
                binder -> binder.bind(ConfigFolders.class).toInstance(ConfigFolders.at(configs)));
    }

    private HttpResponse<String> run(String id) throws Exception {
        return send(
                "POST",
                "/v1/actions/run",
                "{\"action_name\":\"lookup_customer\",\"action_parameters\":{\"id\":\"%s\"}}".formatted(id));
    }

    private HttpResponse<String> send(String method, String path, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address + path))
                                .header("Content-Type", "application/json")
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
