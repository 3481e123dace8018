package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.json;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.guardrails4j.api.Action;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginFolder;
import dev.guardrails4j.engine.plugin.PluginLoader;
import dev.guardrails4j.testkit.JarBuilder;
import dev.guardrails4j.testkit.ScriptedUpstream;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

@DisplayName("DESIGN 3: jars that are dropped in, replaced or removed while the server runs are taken up")
class PluginReloadTest {

    private static final String HELD = "plugin.reload.held";

    private static final String CHECK = """
            context -> {
                if (context.text().contains("held")) {
                    ((java.util.concurrent.CountDownLatch) System.getProperties().get("plugin.reload.held")).await();
                    return Verdict.block(new Late().toString());
                }
                return context.text().contains("%s") ? Verdict.block("said it") : Verdict.allow();
            }""";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start().answer("Hello to you.");
    private ConfigRoot root;
    private RunningServer server;

    @BeforeEach
    void start() throws IOException {
        root = new ConfigRoot(folder.resolve("configs")).config("pass", config("utterance check"));
        write("word", "utterance check", "one");
        server = RunningServer.start(
                        root,
                        new PluginLoader(
                                List.of(new PluginFolder(plugins(), Plugin.Origin.DROPPED)), folder.resolve("copies")))
                .watching();
        assertThat(blocks("pass", "one")).isTrue();
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void failsNoneOfTwoHundredRequestsASecondWhileJarsComeAndGo() throws Exception {
        ConcurrentLinkedQueue<Future<HttpResponse<String>>> answers = new ConcurrentLinkedQueue<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        var clients = Executors.newFixedThreadPool(16);
        clock.scheduleAtFixedRate(
                () -> answers.add(clients.submit(() -> server.chat(saying("pass", "one or two")))), 0, 5, MILLISECONDS);

        write("word", "utterance check", "two");
        await().until(() -> blocks("pass", "two"));
        write("other", "other check", "two");
        await().until(() -> railsListed().contains("other check"));
        root.config("other", config("other check"));
        await().until(() -> blocks("other", "two"));
        write("word", "utterance check", "one");
        await().until(() -> blocks("pass", "one"));
        root.config("other", config("utterance check"));
        await().until(() -> blocks("other", "one"));
        Files.delete(plugins().resolve("other.jar"));
        await().until(() -> !railsListed().contains("other check"));
        clock.shutdown();
        assertThat(clock.awaitTermination(10, SECONDS)).isTrue();

        assertThat(answers).hasSizeGreaterThan(200);
        for (Future<HttpResponse<String>> answer : answers) {
            assertThat(outcome(answer.get(20, SECONDS))).isEqualTo("content_filter");
        }
        clients.shutdown();
    }

    @Test
    void closesTheLoaderOfAJarThatWasReplacedAndFreesIt() throws Exception {
        writeAction(1);
        await().until(() -> run().contains("[1]"));
        List<WeakReference<ClassLoader>> old = List.of(loaderOf("utterance check"), loaderOf("tell"));

        write("word", "utterance check", "two");
        writeAction(2);
        await().until(() -> blocks("pass", "two") && run().contains("[2]"));

        await().until(() -> old.stream().allMatch(PluginReloadTest::isClosed));
        await().until(() -> {
            System.gc();
            return old.stream().allMatch(loader -> loader.get() == null);
        });
    }

    @Test
    void servesEveryRequestThatBeginsAfterTheNewJarHasAnsweredWithTheNewJar() throws Exception {
        WeakReference<ClassLoader> old = loaderOf("utterance check");
        ConcurrentLinkedQueue<Future<Answered>> answers = new ConcurrentLinkedQueue<>();
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        var clients = Executors.newFixedThreadPool(16);
        clock.scheduleAtFixedRate(() -> answers.add(clients.submit(this::askForTwo)), 0, 5, MILLISECONDS);

        write("word", "utterance check", "two");
        await().until(() -> blocks("pass", "two"));
        int asked = answers.size();
        await().until(() -> answers.size() > asked + 100);
        clock.shutdown();
        assertThat(clock.awaitTermination(10, SECONDS)).isTrue();
        clients.shutdown();
        assertThat(clients.awaitTermination(20, SECONDS)).isTrue();

        List<Answered> all = new ArrayList<>();
        for (Future<Answered> answer : answers) {
            all.add(answer.get());
        }
        assertThat(all).extracting(Answered::status).containsOnly(200);
        long firstOfNew = all.stream()
                .filter(Answered::byNew)
                .mapToLong(Answered::endedAt)
                .min()
                .orElseThrow();
        assertThat(all)
                .filteredOn(answer -> answer.beganAt() > firstOfNew)
                .isNotEmpty()
                .allMatch(Answered::byNew);
        await().until(() -> {
            System.gc();
            return old.get() == null;
        });
    }

    /** One answer to a text that only the new jar blocks. */
    private record Answered(long beganAt, long endedAt, int status, boolean byNew) {}

    private Answered askForTwo() {
        long began = System.nanoTime();
        HttpResponse<String> answer = server.chat(saying("pass", "two"));
        return new Answered(
                began, System.nanoTime(), answer.statusCode(), outcome(answer).equals("content_filter"));
    }

    @Test
    void namesTheThreadsThatAPluginLeavesBehind() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger("dev.guardrails4j.engine.plugin");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.list = new CopyOnWriteArrayList<>();
        lines.start();
        log.addAppender(lines);
        CountDownLatch end = new CountDownLatch(1);
        System.getProperties().put(HELD, end);
        try {
            jar("other check", "two")
                    .source("com.acme.WordRail", JarBuilder.railSource("com.acme.WordRail", "other check", """
                                    static {
                                        Thread left = new Thread(() -> {
                                            try {
                                                ((java.util.concurrent.CountDownLatch)
                                                        System.getProperties().get("plugin.reload.held")).await();
                                            } catch (InterruptedException e) {
                                                Thread.currentThread().interrupt();
                                            }
                                        }, "left behind");
                                        left.setDaemon(true);
                                        left.start();
                                    }
                                    """))
                    .writeTo(plugins().resolve("other.jar"));
            await().until(() -> railsListed().contains("other check"));
            WeakReference<ClassLoader> old = loaderOf("other check");

            Files.delete(plugins().resolve("other.jar"));

            await().until(() -> lines.list.stream()
                    .anyMatch(line -> line.getFormattedMessage()
                            .equals("The plug-in other.jar was unloaded, and threads that it has started go on: its "
                                    + "memory is not freed before they end: 'left behind'")));
            end.countDown();
            await().until(() -> {
                System.gc();
                return old.get() == null;
            });
        } finally {
            System.getProperties().remove(HELD);
            log.detachAppender(lines);
        }
    }

    /** Whatever a rail says of its decision or sends to others: what writes it as JSON may remember its class. */
    @Test
    void freesAJarWhoseRailTellsInObjectsOfItsOwn() throws Exception {
        telling("one").writeTo(plugins().resolve("word.jar"));
        await().until(() -> logged("/v1/chat/completions").contains("own list"));
        for (String path : List.of("/v1/chat/completions", "/v1/guardrail/checks")) {
            assertThat(logged(path))
                    .as(path)
                    .contains("\"own_map\":{\"own key\":[\"own list\"]}", "\"own_object\":\"own object\"");
        }
        WeakReference<ClassLoader> old = loaderOf("utterance check");

        write("word", "utterance check", "two");
        await().until(() -> blocks("pass", "two"));

        await().until(() -> {
            System.gc();
            return old.get() == null;
        });
    }

    private String logged(String path) {
        String body = saying("pass", "one")
                .replace("\"config_id\"", "\"options\": {\"log\": {\"activated_rails\": true}}, \"config_id\"");
        return server.send("POST", path, body).body();
    }

    @Test
    void closesTheLoaderOfAJarThatWasRemovedAndFreesIt() throws Exception {
        write("other", "other check", "two");
        await().until(() -> railsListed().contains("other check"));
        WeakReference<ClassLoader> old = loaderOf("other check");

        Files.delete(plugins().resolve("other.jar"));

        await().until(() -> {
            System.gc();
            return old.get() == null;
        });
        assertThat(blocks("pass", "one")).isTrue();
    }

    @Test
    void readsAHalfCopiedJarAgainAndNeverLoadsItHalf() throws IOException {
        byte[] newer = Files.readAllBytes(jar("utterance check", "two").writeTo(folder.resolve("elsewhere.jar")));
        int half = newer.length / 2;
        Path jar = plugins().resolve("word.jar");

        Files.write(jar, Arrays.copyOf(newer, half));

        await().until(() -> server.get("/v1/plugins").body().contains("still being copied"));
        assertThat(server.get("/v1/plugins").body()).contains("the version before it is still used");
        assertThat(blocks("pass", "one")).isTrue();

        Files.write(jar, Arrays.copyOfRange(newer, half, newer.length), StandardOpenOption.APPEND);

        await().until(() -> blocks("pass", "two"));
        assertThat(server.get("/v1/plugins").body()).doesNotContain("still being copied");
    }

    /** As a copy that writes over what is there: the directory at the end of the jar is there, and whole, from the first. */
    @Test
    void doesNotLoadAJarOfWhichAnEntryIsDamaged() throws IOException {
        byte[] newer = Files.readAllBytes(jar("utterance check", "two").writeTo(folder.resolve("elsewhere.jar")));
        byte[] damaged = newer.clone();
        int late = new String(newer, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("com/acme/Late.class");
        Arrays.fill(damaged, late + 40, late + 60, (byte) 0);
        Path jar = plugins().resolve("word.jar");

        Files.write(jar, damaged);

        await().until(() -> server.get("/v1/plugins").body().contains("still being copied"));
        assertThat(blocks("pass", "one")).isTrue();

        Files.write(jar, newer);

        await().until(() -> blocks("pass", "two"));
    }

    @Test
    void finishesARunningCheckOnTheJarItBeganWith() throws Exception {
        CountDownLatch rest = new CountDownLatch(1);
        System.getProperties().put(HELD, rest);
        WeakReference<ClassLoader> old = loaderOf("utterance check");
        CompletableFuture<HttpResponse<String>> running = CompletableFuture.supplyAsync(() -> server.chat(saying(
                        "pass", "held")
                .replace("\"config_id\"", "\"options\": {\"log\": {\"activated_rails\": true}}, \"config_id\"")));

        write("word", "utterance check", "two");
        await().until(() -> blocks("pass", "two"));
        Files.delete(plugins().resolve("word.jar"));
        assertThat(isClosed(old)).isFalse();
        rest.countDown();

        assertThat(running.get(20, SECONDS).body()).contains("loaded late");
        await().until(() -> isClosed(old));
        System.getProperties().remove(HELD);
    }

    @Test
    void keepsWhatAConfigurationNeedsWhenItsJarIsRemovedAndSaysSo() throws IOException {
        Files.delete(plugins().resolve("word.jar"));

        await().until(() -> server.get("/health/ready").body().contains("unknown flow 'utterance check'"));
        assertThat(railsListed()).doesNotContain("utterance check");
        assertThat(blocks("pass", "one")).isTrue();

        write("word", "utterance check", "two");

        await().until(() -> blocks("pass", "two"));
        assertThat(server.get("/health/ready").body()).isEqualTo("{\"status\":\"ready\"}");
    }

    @Test
    void aConfigurationThatWaitsForAJarIsServedOnceItIsThere() throws IOException {
        root.config("early", config("late check"));
        await().until(() -> server.chat(saying("early", "one")).statusCode() >= 400);

        write("late", "late check", "one");

        await().until(() -> server.chat(saying("early", "one")).statusCode() == 200);
        assertThat(blocks("early", "one")).isTrue();
    }

    private Path plugins() {
        return folder.resolve("plugins");
    }

    private void write(String jar, String rail, String blocked) throws IOException {
        jar(rail, blocked).writeTo(plugins().resolve(jar + ".jar"));
    }

    private static JarBuilder jar(String rail, String blocked) {
        return new JarBuilder()
                .source(
                        "com.acme.WordRail",
                        JarBuilder.railSource("com.acme.WordRail", rail, "")
                                .replace("context -> Verdict.allow()", CHECK.formatted(blocked)))
                .source(
                        "com.acme.Late",
                        "class Late { @Override public String toString() { return \"loaded late\"; } }")
                .service(dev.guardrails4j.api.Rail.class, "com.acme.WordRail");
    }

    private JarBuilder telling(String blocked) {
        return jar("utterance check", blocked)
                .source("com.acme.OwnList", "public class OwnList extends java.util.ArrayList<Object> {}")
                .source("com.acme.OwnMap", "public class OwnMap extends java.util.LinkedHashMap<String, Object> {}")
                .source("com.acme.OwnObject", """
                        public class OwnObject {
                            public String getPart() { return "part"; }
                            @Override public String toString() { return "own object"; }
                        }
                        """)
                .source(
                        "com.acme.WordRail",
                        JarBuilder.railSource("com.acme.WordRail", "utterance check", "")
                                .replace("return context -> Verdict.allow();", """
                                ChatModel model = setup.model("main");
                                JsonEndpoint endpoint = setup.endpoint(EndpointAddress.of(
                                        "told", java.net.URI.create("%s/chat/completions")));
                                return context -> {
                                    OwnList list = new OwnList();
                                    list.add("own list");
                                    OwnMap map = new OwnMap();
                                    map.put("own key", list);
                                    context.generate(model, "ask", new ChatRequest(
                                            List.of(Message.user("any")), Map.of("metadata", map)));
                                    context.post(endpoint, map);
                                    return Verdict.block("said it").with("own_map", map).with("own_object", new OwnObject());
                                };""".formatted(upstream.baseUrl())));
    }

    /** Returns a list of a class of its own, which whoever keeps classes by their instances would keep. */
    private void writeAction(int version) throws IOException {
        new JarBuilder()
                .source("com.acme.TellAction", """
                        import java.util.*;
                        public class TellAction implements dev.guardrails4j.api.Action {
                            static class Own extends ArrayList<Object> {}
                            @Override public String name() { return "tell"; }
                            @Override public Object execute(dev.guardrails4j.api.ActionContext context) {
                                Own own = new Own();
                                own.add(%d);
                                return own;
                            }
                        }
                        """.formatted(version))
                .service(Action.class, "com.acme.TellAction")
                .writeTo(plugins().resolve("tell.jar"));
    }

    private String run() {
        return server.send(
                        "POST",
                        "/v1/actions/run",
                        "{\"action_name\": \"tell\", \"action_parameters\": {}}",
                        "Content-Type",
                        "application/json")
                .body();
    }

    private WeakReference<ClassLoader> loaderOf(String name) {
        return new WeakReference<>(server.configurations()
                .plugins()
                .rail(name)
                .map(CataloguedRail::plugin)
                .or(() -> server.configurations().plugins().action(name).map(action -> action.plugin()))
                .orElseThrow()
                .loader());
    }

    private static boolean isClosed(WeakReference<ClassLoader> loader) {
        ClassLoader left = loader.get();
        return left == null || left.getResource("META-INF/MANIFEST.MF") == null;
    }

    private String railsListed() {
        return server.get("/v1/rails").body();
    }

    private boolean blocks(String id, String text) {
        HttpResponse<String> answer = server.chat(saying(id, text));
        return answer.statusCode() == 200 && outcome(answer).equals("content_filter");
    }

    private static String outcome(HttpResponse<String> answer) {
        return json(answer).at("/choices/0/finish_reason").asText();
    }

    private static String saying(String id, String text) {
        return """
                {"model": "", "messages": [{"role": "user", "content": "%s"}], "guardrails": {"config_id": "%s"}}""".formatted(text, id);
    }

    private String config(String rail) {
        return ConfigRoot.models(upstream.baseUrl()) + "rails: {input: {flows: [" + rail + "]}}\n";
    }
}
