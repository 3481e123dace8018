package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.ObservedRequest;
import dev.guardrails4j.engine.trace.RailObserver;
import dev.guardrails4j.engine.trace.RequestObserver;
import dev.guardrails4j.server.metrics.MetricsSettings;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Contract "config and rails" 6.6. */
class MetricsTest {

    private static final String CHAT_ROUTE = "http_route=\"/v1/chat/completions\"";

    @TempDir
    private Path folder;

    private ScriptedUpstream upstream;
    private RunningServer server;

    @BeforeEach
    void start() {
        upstream = ScriptedUpstream.start().answer("No").answerWhen("Hello!", "Hello to you.");
        ConfigRoot root = ConfigRoot.standard(folder, upstream.baseUrl());
        root.config("all", ConfigRoot.models(upstream.baseUrl()) + """
                rails:
                  config: {regex_detection: {input: {patterns: [evil]}}}
                  input: {scope: all, flows: [regex check input]}
                """);
        server = RunningServer.start(root);
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void countsRequestsAndHowLongTheyTook() {
        chat("pass", "Hello!", "");
        chat("pass", "Hello!", "");

        Scrape scrape = Scrape.of(server);

        assertThat(scrape.value("guardrails_requests_total{operation=\"chat\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("guardrails_request_duration_seconds_count{operation=\"chat\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("guardrails_request_duration_seconds_bucket{le=\"+Inf\",operation=\"chat\"}"))
                .isEqualTo(2);
        assertThat(scrape.types()).containsEntry("guardrails_request_duration_seconds", "histogram");
        assertThat(scrape.value("guardrails_requests_active")).isZero();
        // Told of once the answer is sent, which its reader may be faster to notice.
        Awaitility.await()
                .untilAsserted(() -> assertThat(Scrape.of(server)
                                .value("http_server_request_duration_seconds_count{http_request_method=\"POST\","
                                        + "http_response_status_code=\"200\"," + CHAT_ROUTE + "}"))
                        .isEqualTo(2));
    }

    @Test
    void countsRailsByNameStageAndVerdict() {
        upstream.answer("No").answerWhen("INPUT: bad", "Yes");
        chat("checked", "good", "");
        chat("checked", "bad", "");

        Scrape scrape = Scrape.of(server);

        assertThat(verdicts(scrape, "self check input", "input", "passed")).isEqualTo(1);
        assertThat(verdicts(scrape, "self check input", "input", "blocked")).isEqualTo(1);
        assertThat(verdicts(scrape, "self check output", "output", "passed")).isEqualTo(1);
        assertThat(scrape.value("guardrails_rail_duration_seconds_count"
                        + "{rail_name=\"self check input\",rail_type=\"input\"}"))
                .isEqualTo(2);
        assertThat(scrape.value("guardrails_requests_blocked_total{rail_type=\"input\"}"))
                .isEqualTo(1);
    }

    @Test
    void countsWhetherWhatRailsOnceDecidedWasKnown() {
        for (int i = 0; i < 3; i++) {
            server.chat("""
                    {"model": "", "guardrails": {"config_id": "all"}, "messages": [{"role": "user", "content": "One"},
                     {"role": "assistant", "content": "Yes?"}, {"role": "user", "content": "Two"}]}""");
        }

        Scrape scrape = Scrape.of(server);

        String rail = "{rail_name=\"regex check input\",rail_type=\"input\"}";
        assertThat(scrape.value("guardrails_rail_unknown_verdicts_total" + rail))
                .isEqualTo(1);
        assertThat(scrape.value("guardrails_rail_known_verdicts_total" + rail)).isEqualTo(2);
    }

    @Test
    void countsCallsOfModelsAndTheirTokensByType() {
        chat("pass", "Hello!", "");

        Scrape scrape = Scrape.of(server);

        String model = "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"scripted\","
                + "gen_ai_request_model=\"scripted-model\"";
        assertThat(scrape.value("gen_ai_client_operation_duration_seconds_count{" + model + ",model_type=\"main\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("gen_ai_client_token_usage_sum{" + model
                        + ",gen_ai_token_type=\"output\",model_type=\"main\"}"))
                .isPositive();
        assertThat(scrape.types()).containsEntry("gen_ai_client_token_usage", "histogram");
    }

    @Test
    void countsFailuresByWhatTheyAre() {
        upstream.respond(received -> Response.error(503, "Overloaded", "overloaded"));
        chat("pass", "Anybody?", "");
        chat("checked", "Anybody?", "");

        Scrape scrape = Scrape.of(server);

        assertThat(scrape.value("guardrails_requests_errors_total{error_type=\"503\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("guardrails_requests_errors_total{error_type=\"rail_unavailable\"}"))
                .isEqualTo(1);
        assertThat(verdicts(scrape, "self check input", "input", "failed")).isEqualTo(1);
        assertThat(scrape.value("guardrails_rail_faults_total"
                        + "{fault=\"model\",rail_name=\"self check input\",rail_type=\"input\"}"))
                .isEqualTo(1);
    }

    @Test
    void countsStreamsAndTheirChunks() {
        upstream.respond(received -> Response.stream("Hello ", "to ", "you."));

        chat("pass", "Hello!", ", \"stream\": true");

        Scrape scrape = Scrape.of(server);
        String model = "{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"scripted\","
                + "gen_ai_request_model=\"scripted-model\",model_type=\"main\"}";
        assertThat(scrape.value("guardrails_requests_total{operation=\"stream\"}"))
                .isEqualTo(1);
        assertThat(scrape.value("gen_ai_client_operation_time_to_first_chunk_seconds_count" + model))
                .isEqualTo(1);
        assertThat(scrape.value("gen_ai_client_operation_time_per_output_chunk_seconds_count" + model))
                .isGreaterThanOrEqualTo(2);
        assertThat(scrape.value("gen_ai_client_operation_duration_seconds_count" + model))
                .isEqualTo(1);
        assertThat(scrape.value("guardrails_requests_active")).isZero();
    }

    @Test
    void countsWhatIsNoRouteOnce() {
        IntStream.range(0, 50).forEach(i -> server.get("/made/up/" + i));

        Awaitility.await()
                .untilAsserted(() -> assertThat(Scrape.of(server)
                                .value("http_server_request_duration_seconds_count"
                                        + "{http_request_method=\"_OTHER\",http_response_status_code=\"404\"}"))
                        .isEqualTo(50));
        assertThat(Scrape.of(server).series("http_server_request_duration_seconds_count"))
                .isLessThan(5);
    }

    @Test
    void boundsTheSeriesOfMadeUpModelNames() {
        IntStream.range(0, 500)
                .parallel()
                .forEach(i -> server.chat("{\"model\": \"made-up-" + i
                        + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Hello!\"}]}"));

        Scrape scrape = Scrape.of(server);

        assertThat(scrape.value("guardrails_requests_total{operation=\"chat\"}"))
                .isEqualTo(500);
        assertThat(scrape.series("gen_ai_client_operation_duration_seconds_count"))
                .isBetween(190L, 210L);
        assertThat(scrape.samples().keySet()).anyMatch(name -> name.contains("gen_ai_request_model=\"other\""));
    }

    @Test
    void boundsTheSeriesOfEverythingThatIsNamed() {
        long before = Scrape.of(server).samples().size();
        try (Guardrails guardrails = server.configurations().open(List.of("pass"))) {
            RequestObserver request = server.metrics()
                    .engine()
                    .begins(new ObservedRequest(ObservedRequest.Operation.CHAT, guardrails.config(), List.of()));
            for (int i = 0; i < 20_000; i++) {
                String name = "made up " + i;
                RailObserver rail = request.rail("input", name, name);
                rail.fault(RailObserver.Fault.TIMEOUT);
                rail.calls(name, true).ended(new EndpointCall(name, true, true, Instant.now(), Duration.ofMillis(1)));
                rail.abandoned();
                server.metrics().engine().breakerChanged(name, "open");
                server.metrics().http().answered("POST", "/" + name, 200, Duration.ofMillis(1));
            }
        }

        Scrape scrape = Scrape.of(server);

        assertThat(scrape.samples().size() - before).isLessThan(70_000);
        assertThat(scrape.value(
                        "guardrails_rails_total" + "{rail_name=\"other\",rail_type=\"other\",verdict=\"cancelled\"}"))
                .isBetween(19_000.0, 20_000.0);
        assertThat(scrape.value(
                        "guardrails_rail_circuit_breaker_transitions_total" + "{rail_name=\"other\",state=\"other\"}"))
                .isBetween(19_000.0, 20_000.0);
    }

    @Test
    void givesNamesNoSeriesThatNoModelAnswersTo() {
        upstream.respond(received -> Response.error(404, "No such model", "model_not_found"));

        IntStream.range(0, 20)
                .forEach(i -> server.chat("{\"model\": \"made-up-" + i
                        + "\", \"messages\": [{\"role\": \"user\", \"content\": \"Anybody?\"}]}"));

        Scrape scrape = Scrape.of(server);
        assertThat(scrape.value("gen_ai_client_operation_duration_seconds_count{error_type=\"404\","
                        + "gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"other\","
                        + "gen_ai_request_model=\"other\",model_type=\"other\"}"))
                .isEqualTo(20);
    }

    @Test
    void tellsOfPluginsTheJvmAndTheBuild() {
        chat("checked", "Hello!", "");

        Scrape scrape = Scrape.of(server);

        assertThat(scrape.value("guardrails_plugins_loaded{origin=\"bundled\"}"))
                .isPositive();
        assertThat(scrape.samples()).containsKey("guardrails_plugins_problems");
        assertThat(scrape.value("guardrails_rail_checks_limit{rail_name=\"self check input\"}"))
                .isPositive();
        assertThat(scrape.samples())
                .containsEntry("guardrails_rail_checks_active{rail_name=\"self check input\"}", 0.0);
        assertThat(scrape.samples().keySet())
                .anyMatch(name -> name.startsWith("jvm_memory_used_bytes{area=\"heap\""))
                .anyMatch(name -> name.startsWith("jvm_threads_live_threads"))
                .anyMatch(name -> name.startsWith("guardrails_build_info{java_version="));
    }

    @Test
    void speaksOpenMetricsToThoseWhoAskForIt() {
        HttpResponse<String> response =
                server.send("GET", "/metrics", "", "Accept", "application/openmetrics-text;version=1.0.0,*/*;q=0.1");

        assertThat(response.headers().firstValue("Content-Type"))
                .contains("application/openmetrics-text; version=1.0.0; charset=utf-8");
        assertThat(response.body()).endsWith("# EOF\n").contains("# TYPE guardrails_requests counter");
    }

    @Test
    void servesNoneWhereNoneAreWanted() {
        try (RunningServer silent = RunningServer.start(
                folder,
                RunningServer.settings(Optional.of("pass"))
                        .metrics(MetricsSettings.OFF)
                        .build())) {
            assertThat(silent.get("/metrics").statusCode()).isEqualTo(404);
        }
    }

    private void chat(String config, String text, String more) {
        server.chat(
                "{\"model\": \"\", \"messages\": [{\"role\": \"user\", \"content\": \"%s\"}], \"guardrails\": {\"config_id\": \"%s\"}%s}"
                        .formatted(text, config, more));
    }

    private static double verdicts(Scrape scrape, String rail, String type, String verdict) {
        return scrape.value("guardrails_rails_total{rail_name=\"%s\",rail_type=\"%s\",verdict=\"%s\"}"
                .formatted(rail, type, verdict));
    }
}
