package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.EngineObserver;
import dev.guardrails4j.engine.trace.ObservedRequest;
import dev.guardrails4j.engine.trace.RailObserver;
import dev.guardrails4j.server.metrics.Metrics;
import dev.guardrails4j.server.storage.StorageException;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Holds the tables of docs/observability.md against what is served. */
class DocumentedMetricsTest {

    private static final Path DOCUMENTATION = Path.of("../docs/observability.md");
    private static final Pattern NAME = Pattern.compile("`([a-z][a-z0-9_]*_[a-z0-9_]+)`");

    /** What comes with garbage collectors and operating systems. */
    private static final Predicate<String> OF_THE_JVM = name -> name.matches("(jvm|process|system)_.*");

    @TempDir
    private static Path folder;

    @Test
    void documentsWhatIsServedAndNothingElse() throws IOException {
        Set<String> documented = documented();

        Set<String> served = served();

        assertThat(documented).containsAll(served);
        assertThat(served.stream().filter(OF_THE_JVM.negate()))
                .containsExactlyInAnyOrderElementsOf(
                        documented.stream().filter(OF_THE_JVM.negate()).toList());
    }

    /** The names in the first column of tables. */
    static Set<String> documented() throws IOException {
        return Files.readString(DOCUMENTATION)
                .lines()
                .filter(line -> line.startsWith("| `"))
                .map(line -> line.split("\\|")[1])
                .flatMap(cell -> NAME.matcher(cell).results().map(match -> match.group(1)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** Every family there is, once everything has happened; largest values are of the family that they are the largest of. */
    static Set<String> served() {
        try (ScriptedUpstream upstream = ScriptedUpstream.start()
                        .respond(received -> received.body().contains("\"stream\": true")
                                ? Response.stream("Hello ", "you.")
                                : Response.answer(received.body().contains("INPUT: bad") ? "Yes" : "No"));
                RunningServer server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()))) {
            chat(server, "checked", "good", "");
            chat(server, "checked", "bad", "");
            chat(server, "pass", "good", ", \"stream\": true");
            watchTheRest(server);
            return Scrape.of(server).types().keySet().stream()
                    .filter(name -> !name.endsWith("_max"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /** What takes a fault, or time. */
    private static void watchTheRest(RunningServer server) {
        Metrics metrics = server.metrics();
        EngineObserver engine = metrics.engine();
        engine.breakerChanged("self check input", "open");
        engine.upstreamChanged("https://api.example.com", "open");
        engine.upstreamNotAsked("https://api.example.com", EngineObserver.NotAsked.CIRCUIT_OPEN);
        try (Guardrails guardrails = server.configurations().open(List.of("pass"))) {
            ObservedRequest request =
                    new ObservedRequest(ObservedRequest.Operation.CHECK, guardrails.config(), List.of());
            RailObserver rail = engine.begins(request).rail("input", "self check input", "self check input");
            rail.calls("classifier", true)
                    .ended(new EndpointCall("classifier", true, false, Instant.now(), Duration.ofMillis(1)));
            engine.begins(request).failed(new IllegalStateException("as told"));
        }
        Runnable broken = metrics.counted(
                Runnable.class,
                () -> {
                    throw new StorageException("as told", new IOException("as told"));
                },
                "threads");
        assertThatThrownBy(broken::run).isInstanceOf(StorageException.class);
        metrics.watchDroppedTraces(() -> 1);
    }

    private static void chat(RunningServer server, String config, String text, String more) {
        server.chat(
                "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}], \"guardrails\": {\"config_id\": \"%s\"}%s}"
                        .formatted(text, config, more));
    }
}
