package dev.guardrails4j.server.http;

import static dev.guardrails4j.server.http.RunningServer.CHAT;
import static dev.guardrails4j.server.http.RunningServer.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.server.audit.AuditLog;
import dev.guardrails4j.server.audit.AuditSettings;
import dev.guardrails4j.server.audit.AuditSettings.OnFailure;
import dev.guardrails4j.server.audit.AuditSettings.Sync;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Issue 7, security: every decision is in the audit log, and no text")
class AuditTrailTest {

    private static final String STREAMED_CHECKS = ConfigRoot.SELF_CHECKS.replace(
            "flows: [self check output]",
            "flows: [self check output], streaming: {enabled: true, chunk_size: 2, context_size: 0}");

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private Optional<RunningServer> server = Optional.empty();
    private Optional<AuditLog> log = Optional.empty();

    @AfterEach
    void stop() {
        server.ifPresent(RunningServer::close);
        log.ifPresent(AuditLog::close);
        upstream.close();
    }

    private RunningServer start(AuditSettings settings) {
        AuditLog opened = AuditLog.open(file(), settings);
        log = Optional.of(opened);
        ConfigRoot root = ConfigRoot.standard(folder.resolve("configs"), upstream.baseUrl())
                .config("streamed", ConfigRoot.models(upstream.baseUrl()) + STREAMED_CHECKS)
                .config(
                        "streamed-exceptions",
                        ConfigRoot.models(upstream.baseUrl()) + STREAMED_CHECKS + "enable_rails_exceptions: true\n");
        RunningServer started = RunningServer.startWithEverything(
                root, "", parts -> parts.audit(Optional.of(opened)).access(Optional.of(Keys.control(Keys.key("app")))));
        server = Optional.of(started);
        return started;
    }

    private Path file() {
        return folder.resolve("audits/audit.jsonl");
    }

    private List<JsonNode> entries() throws IOException {
        return Files.readAllLines(file()).stream().map(RunningServer::json).toList();
    }

    private static HttpResponse<String> ask(RunningServer server, String path, String config, boolean stream) {
        return server.send("POST", path, """
                {"model": "", "stream": %s, "messages": [{"role": "user", "content": "planted text"}],
                 "guardrails": {"config_id": "%s"}}
                """.formatted(stream, config), Keys.with("app"));
    }

    private void answerChecks(String input, String output) {
        upstream.answer("planted answer of a model");
        upstream.answerWhen("INPUT:", input);
        upstream.answerWhen("OUTPUT:", output);
    }

    private static String verdicts(List<JsonNode> entries) {
        return String.join(
                ", ",
                entries.stream()
                        .map(entry -> entry.path("stage").asText() + " "
                                + entry.path("rail").asText("-") + " "
                                + entry.path("verdict").asText())
                        .toList());
    }

    @ParameterizedTest
    @CsvSource({"no, no, false", "no, no, true"})
    void holdsWhatEachRailDecided(String input, String output, boolean stream) throws IOException {
        RunningServer server = start(AuditSettings.DEFAULT);
        answerChecks(input, output);

        HttpResponse<String> answer = ask(server, CHAT, stream ? "streamed" : "checked", stream);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        // Of a stream, each window is checked.
        assertThat(verdicts(entries()))
                .matches("input self check input passed(, output self check output passed){" + (stream ? 3 : 1) + "}");
        assertThat(entries()).allSatisfy(entry -> {
            assertThat(entry.path("who").asText()).isEqualTo("app");
            assertThat(entry.path("configs").get(0).asText()).isEqualTo(stream ? "streamed" : "checked");
            assertThat(entry.path("request_id").asText())
                    .isEqualTo(answer.headers().firstValue("X-Request-Id").orElseThrow());
        });
        assertThat(Files.readString(file())).doesNotContain("planted");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdsABlockOfWhatGoesIn(boolean stream) throws IOException {
        RunningServer server = start(AuditSettings.DEFAULT);
        answerChecks("yes", "no");

        ask(server, CHAT, "streamed", stream);
        ask(server, CHAT, "streamed-exceptions", stream);

        assertThat(verdicts(entries())).isEqualTo("input self check input blocked, input self check input blocked");
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void holdsABlockOfWhatComesOut(boolean stream) throws IOException {
        RunningServer server = start(AuditSettings.DEFAULT);
        answerChecks("no", "yes");

        ask(server, CHAT, "streamed", stream);

        assertThat(verdicts(entries())).endsWith("output self check output blocked");
    }

    @Test
    void holdsWhatWasChecked() throws IOException {
        RunningServer server = start(AuditSettings.DEFAULT);
        answerChecks("yes", "no");

        ask(server, "/v1/checks", "checked", false);
        ask(server, "/v1/guardrail/checks", "checked", false);
        ask(server, "/v1/guardrail/chat/completions", "checked", false);

        assertThat(entries()).hasSize(3);
        assertThat(verdicts(entries())).matches("(input self check input blocked(, )?){3}");
    }

    @Test
    void saysWhereThereWasNoRail() throws IOException {
        RunningServer server = start(AuditSettings.DEFAULT);
        upstream.answer("planted answer of a model");

        ask(server, CHAT, "pass", false);

        assertThat(verdicts(entries())).isEqualTo("request - passed");
    }

    @ParameterizedTest
    @CsvSource({"REFUSE, 503", "CONTINUE, 200"})
    void refusesOrServesWhatCannotBeWrittenAsTheSettingsSay(OnFailure onFailure, int status) throws IOException {
        RunningServer server = start(new AuditSettings(1, 1, Sync.NEVER, onFailure, Optional.empty()));
        upstream.respond(received -> Response.answer("Hello."));
        ask(server, CHAT, "pass", false);
        Path audits = file().getParent();
        try (var files = Files.list(audits)) {
            for (Path written : files.toList()) {
                Files.delete(written);
            }
        }
        Files.delete(audits);
        Files.createFile(audits);
        ask(server, CHAT, "pass", false);

        HttpResponse<String> answer = ask(server, CHAT, "pass", false);

        assertThat(answer.statusCode()).isEqualTo(status);
        if (status == 503) {
            assertThat(json(answer).at("/error/code").asText()).isEqualTo("audit_unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).isPresent();
            assertThat(answer.body()).doesNotContain("Hello.");
        }
    }
}
