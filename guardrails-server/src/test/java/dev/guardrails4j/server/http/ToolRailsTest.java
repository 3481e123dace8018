package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("Tool rails over HTTP, contracts \"config and rails\" 4.11 and \"chat server\" 2 and 6.3")
class ToolRailsTest {

    private static final String REFUSAL = "I'm sorry, I can't respond to that.";

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private RunningServer server;

    @BeforeEach
    void start() {
        server =
                RunningServer.start(new ConfigRoot(folder).config("pass", ConfigRoot.models(upstream.baseUrl()) + """
                        rails:
                          tool_output: {flows: [tool call validation]}
                          tool_input: {flows: [tool result validation]}
                        """));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void letsAProgramOnLangChain4jCallTools() {
        upstream.respondInTurn(
                Response.toolCalls(new ToolCall("call_1", "weather", "{\"city\":\"Rome\"}")),
                Response.answer("It is sunny in Rome."));
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("How is the weather in Rome?")));

        AiMessage asks = model().chat(withWeather(messages)).aiMessage();
        messages.add(asks);
        messages.add(
                ToolExecutionResultMessage.from(asks.toolExecutionRequests().get(0), "sunny"));
        ChatResponse answer = model().chat(withWeather(messages));

        assertThat(asks.toolExecutionRequests())
                .extracting(ToolExecutionRequest::arguments)
                .containsExactly("{\"city\":\"Rome\"}");
        assertThat(answer.aiMessage().text()).isEqualTo("It is sunny in Rome.");
    }

    @Test
    void refusesACallThatDoesNotFitTheToolsSchema() {
        upstream.respond(request -> Response.toolCalls(new ToolCall("call_1", "weather", "{\"town\":\"Rome\"}")));

        ChatResponse answer = model().chat(withWeather(List.of(UserMessage.from("How is the weather?"))));

        assertThat(answer.aiMessage().text()).isEqualTo(REFUSAL);
        assertThat(answer.aiMessage().hasToolExecutionRequests()).isFalse();
        assertThat(answer.finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @Test
    void refusesAResultThatAnswersNoCall() {
        HttpResponse<String> response = server.chat("""
                {"model": "m", "messages": [
                  {"role": "user", "content": "How is the weather?"},
                  {"role": "tool", "content": "sunny", "tool_call_id": "call_9"}],
                 "guardrails": {"options": {"log": {"activated_rails": true}}}}""");

        JsonNode body = RunningServer.json(response);
        assertThat(body.at("/choices/0/message/content").asText()).isEqualTo(REFUSAL);
        assertThat(body.at("/guardrails/log/activated_rails/0/type").asText()).isEqualTo("tool_input");
        assertThat(response.headers().firstValue("X-Guardrails-Rail")).hasValue("tool result validation");
        assertThat(upstream.received()).isEmpty();
    }

    @Test
    void switchesToolRailsOffForARequest() {
        upstream.respond(request -> Response.toolCalls(new ToolCall("call_1", "rm", "{}")));

        assertThat(finishReason("{\"tool_call\": false}")).isEqualTo("tool_calls");
        assertThat(finishReason("{\"tool_output\": []}")).isEqualTo("tool_calls");
        assertThat(finishReason("{\"tool_call\": [\"tool call validation\"]}")).isEqualTo("content_filter");
        assertThat(finishReason("[\"dialog\", \"input\"]")).isEqualTo("tool_calls");
        assertThat(finishReason("[\"dialog\", \"tool_output\"]")).isEqualTo("content_filter");
        assertThat(finishReason("[\"dialog\", \"tool_call\"]")).isEqualTo("content_filter");
    }

    private String finishReason(String rails) {
        HttpResponse<String> response = server.chat("""
                {"model": "m", "messages": [{"role": "user", "content": "Hello!"}],
                 "guardrails": {"options": {"rails": %s}}}""".formatted(rails));
        return RunningServer.json(response).at("/choices/0/finish_reason").asText();
    }

    private OpenAiChatModel model() {
        return OpenAiChatModel.builder()
                .baseUrl(server.url("/v1"))
                .apiKey("unused")
                .modelName("m")
                .maxRetries(0)
                .customParameters(Map.of("guardrails", Map.of("config_id", "pass")))
                .build();
    }

    private static ChatRequest withWeather(List<ChatMessage> messages) {
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(ToolSpecification.builder()
                        .name("weather")
                        .parameters(JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .required("city")
                                .build())
                        .build())
                .build();
    }
}
