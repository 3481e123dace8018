package com.example.tour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpServer;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.trace.ExecutedAction;
import dev.guardrails4j.testkit.pipeline.RailPipeline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Each of the plug-in's parts in the engine, as a server runs it. */
class PluginTourTest {

    @Test
    void aModelSaysWhatIsOffTopic() {
        try (RailPipeline pipeline = RailPipeline.of("""
                rails: {input: {flows: [off topic check]}}
                prompts:
                  - task: off_topic_check
                    content: 'Is this about something else than gardens? {{ user_input }}'
                """)) {
            pipeline.model().answerWhen("weather", "Yes").answerWhen("gardens? How do roses", "No");

            assertThat(pipeline.send("How is the weather?").block()).isPresent();
            assertThat(pipeline.send("How do roses grow?").block()).isEmpty();
        }
    }

    @Test
    void ticketsAreTakenOutOfTheAnswer() {
        try (RailPipeline pipeline =
                RailPipeline.of("rails: {output: {flows: [redact tickets]}}").answering("See SUP-4711.")) {
            assertThat(pipeline.send("Where?").text()).isEqualTo("See <TICKET>.");
        }
    }

    @Test
    void aServiceSaysWhichLinksAreBad() throws IOException {
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", exchange -> {
            boolean isBad = exchange.getRequestURI().getQuery().contains("evil.example");
            byte[] body = "{\"bad\": %s}".formatted(isBad).getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        service.start();
        try (RailPipeline pipeline = RailPipeline.of(linkCheck(service.getAddress().getPort()))) {
            assertThat(pipeline.answering("See https://evil.example/x.").send("Where?").block())
                    .hasValueSatisfying(block -> assertThat(block.reason()).isEqualTo("has a bad link"));
            assertThat(pipeline.answering("See https://good.example/x.").send("Where?").block())
                    .isEmpty();
        } finally {
            service.stop(0);
        }
        try (RailPipeline pipeline =
                RailPipeline.of(linkCheck(service.getAddress().getPort())).answering("See https://good.example/x.")) {
            assertThatThrownBy(() -> pipeline.send("Where?")).isInstanceOf(RailUnavailableException.class);
        }
    }

    @Test
    void anActionCountsTheWords() {
        try (RailPipeline pipeline = RailPipeline.of("""
                rails:
                  input: {flows: [word limit]}
                  config: {word_limit: {most: 3}}
                """)) {
            GenerationResult result = pipeline.send("one two three four");

            assertThat(result.block()).isPresent();
            assertThat(result.log().activatedRails().get(0).actions())
                    .extracting(ExecutedAction::name, ExecutedAction::returnValue)
                    .containsExactly(tuple("count_words", 4));
            assertThat(pipeline.send("one two three").block()).isEmpty();
        }
    }

    @Test
    void anEngineOfThePluginAnswers() {
        try (RailPipeline pipeline = RailPipeline.of("""
                models: [{type: main, engine: canned, model: canned, parameters: {answer: We are closed.}}]
                """)) {
            assertThat(pipeline.send("Are you open?").text()).isEqualTo("We are closed.");
        }
    }

    private static String linkCheck(int port) {
        return """
                rails:
                  output: {flows: [link check]}
                  config: {link_check: {url: 'http://127.0.0.1:%d/lookup'}}
                """.formatted(port);
    }
}
