package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.SystemMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.RateLimitException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A program on LangChain4j talks to the server as it would to OpenAI")
class ChatWithLangChain4jTest {

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ScriptedUpstream.start();
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()));
    }

    @AfterEach
    void stop() {
        server.close();
        upstream.close();
    }

    @Test
    void chats() {
        upstream.answer("Hi there!");

        ChatResponse answer = model("pass").chat(SystemMessage.from("Be kind."), UserMessage.from("Hello!"));

        assertThat(answer.aiMessage().text()).isEqualTo("Hi there!");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(12);
    }

    @Test
    void isToldOfABlock() {
        upstream.answerWhen("INPUT: ", "Yes");

        ChatResponse answer = model("checked").chat(UserMessage.from("something evil"));

        assertThat(answer.aiMessage().text()).isEqualTo("I'm sorry, I can't respond to that.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @Test
    void callsTools() {
        upstream.respondInTurn(
                Response.toolCalls(new ToolCall("call_1", "weather", "{\"city\":\"Rome\"}")),
                Response.answer("It is sunny in Rome."));
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("How is the weather in Rome?")));

        AiMessage asks = model("pass").chat(withWeather(messages)).aiMessage();
        ToolExecutionRequest call = asks.toolExecutionRequests().get(0);
        messages.add(asks);
        messages.add(ToolExecutionResultMessage.from(call, "sunny"));
        ChatResponse answer = model("pass").chat(withWeather(messages));

        assertThat(call.id()).isEqualTo("call_1");
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"Rome\"}");
        assertThat(answer.aiMessage().text()).isEqualTo("It is sunny in Rome.");
        assertThat(upstream.received().get(1).body()).contains("\"role\":\"tool\"", "\"tool_call_id\":\"call_1\"");
    }

    @Test
    void learnsThatTheModelIsBusy() {
        upstream.respond(request -> Response.error(429, "Slow down", "rate_limit_exceeded"));

        assertThatThrownBy(() -> model("pass").chat(UserMessage.from("Hello!")))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("Slow down");
    }

    private OpenAiChatModel model(String configId) {
        return OpenAiChatModel.builder()
                .baseUrl(server.url("/v1"))
                .apiKey("unused")
                .modelName("m")
                .maxRetries(0)
                .customParameters(Map.of("guardrails", Map.of("config_id", configId)))
                .build();
    }

    private static ChatRequest withWeather(List<ChatMessage> messages) {
        return ChatRequest.builder()
                .messages(messages)
                .toolSpecifications(ToolSpecification.builder()
                        .name("weather")
                        .description("How the weather is.")
                        .parameters(JsonObjectSchema.builder()
                                .addStringProperty("city")
                                .required("city")
                                .build())
                        .build())
                .build();
    }
}
