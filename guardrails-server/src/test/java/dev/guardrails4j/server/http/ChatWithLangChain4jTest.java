package dev.guardrails4j.server.http;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import dev.guardrails4j.testkit.ScriptedUpstream;
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
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A program on LangChain4j talks to the server as it would to OpenAI")
class ChatWithLangChain4jTest {

    @TempDir
    private Path folder;

    private final ScriptedUpstream upstream = ClientsModel.start();
    private final ThreadStore threads = ThreadStores.memory(ThreadLimits.DEFAULT);
    private RunningServer server;

    @BeforeEach
    void start() {
        server = RunningServer.start(ClientsModel.configurations(folder, upstream), threads, Map.of());
    }

    @AfterEach
    void stop() {
        server.close();
        threads.close();
        upstream.close();
    }

    @Test
    void chats() {
        ChatResponse answer = model("pass").chat(SystemMessage.from("Be kind."), UserMessage.from("Hello!"));

        assertThat(answer.aiMessage().text()).isEqualTo("Hi there!");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(answer.tokenUsage().totalTokenCount()).isEqualTo(12);
    }

    @Test
    void isToldOfABlock() {
        ChatResponse answer = model("checked").chat(UserMessage.from("something evil"));

        assertThat(answer.aiMessage().text()).isEqualTo("I'm sorry, I can't respond to that.");
        assertThat(answer.finishReason()).isEqualTo(FinishReason.CONTENT_FILTER);
    }

    @Test
    void callsTools() {
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from("How is the weather in Rome?")));

        AiMessage asks = model("pass").chat(withWeather(messages)).aiMessage();
        ToolExecutionRequest call = asks.toolExecutionRequests().get(0);
        messages.add(asks);
        messages.add(ToolExecutionResultMessage.from(call, "sunny in Rome"));
        ChatResponse answer = model("pass").chat(withWeather(messages));

        assertThat(call.id()).isEqualTo("call_1");
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"Rome\"}");
        assertThat(answer.aiMessage().text()).isEqualTo("It is sunny in Rome.");
        assertThat(upstream.received().get(1).body()).contains("\"role\":\"tool\"", "\"tool_call_id\":\"call_1\"");
    }

    @Test
    void streams() {
        StreamedChat chat = StreamedChat.of(streamingModel("streamed", Map.of()), UserMessage.from("Hello!"));

        assertThat(chat.answer().aiMessage().text()).isEqualTo("Hi there!");
        assertThat(chat.answer().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(chat.answer().tokenUsage().totalTokenCount()).isEqualTo(12);
        assertThat(chat.shown()).isEqualTo("Hi there!");
    }

    @Test
    void seesNothingOfAStreamThatIsBlocked() {
        StreamedChat chat = StreamedChat.of(streamingModel("streamed", Map.of()), UserMessage.from("provoke"));

        assertThat(chat.shown()).doesNotContain("evil");
    }

    @Test
    void callsToolsInAStream() {
        List<ChatMessage> messages = List.of(UserMessage.from("How is the weather in Rome?"));

        StreamedChat chat = StreamedChat.of(streamingModel("pass", Map.of()), withWeather(messages));

        ToolExecutionRequest call =
                chat.answer().aiMessage().toolExecutionRequests().get(0);
        assertThat(call.id()).isEqualTo("call_1");
        assertThat(call.name()).isEqualTo("weather");
        assertThat(call.arguments()).isEqualTo("{\"city\":\"Rome\"}");
    }

    @Test
    void goesOnWithAThread() {
        Map<String, String> thread = Map.of("thread_id", "thread-of-langchain4j");
        model("pass", thread).chat("My name is Ada.");

        assertThat(model("pass", thread).chat("What is my name?")).isEqualTo("Your name is Ada.");
        assertThat(StreamedChat.of(streamingModel("pass", thread), UserMessage.from("What is my name?"))
                        .shown())
                .isEqualTo("Your name is Ada.");
    }

    @Test
    void learnsThatTheModelIsBusy() {
        assertThatThrownBy(() -> model("pass").chat(UserMessage.from("be busy")))
                .isInstanceOf(RateLimitException.class)
                .hasMessageContaining("Slow down");
    }

    private OpenAiChatModel model(String configId) {
        return model(configId, Map.of());
    }

    private OpenAiChatModel model(String configId, Map<String, String> guardrails) {
        return OpenAiChatModel.builder()
                .baseUrl(server.url("/v1"))
                .apiKey("unused")
                .modelName("m")
                .maxRetries(0)
                .customParameters(parameters(configId, guardrails))
                .build();
    }

    private OpenAiStreamingChatModel streamingModel(String configId, Map<String, String> guardrails) {
        return OpenAiStreamingChatModel.builder()
                .baseUrl(server.url("/v1"))
                .apiKey("unused")
                .modelName("m")
                .customParameters(parameters(configId, guardrails))
                .build();
    }

    private static Map<String, Object> parameters(String configId, Map<String, String> guardrails) {
        Map<String, String> all = new HashMap<>(guardrails);
        all.put("config_id", configId);
        return Map.of("guardrails", all);
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

    /** A streamed answer, awaited. */
    private record StreamedChat(String shown, ChatResponse answer) {

        static StreamedChat of(OpenAiStreamingChatModel model, UserMessage message) {
            return of(model, ChatRequest.builder().messages(message).build());
        }

        static StreamedChat of(OpenAiStreamingChatModel model, ChatRequest request) {
            StringBuffer shown = new StringBuffer();
            CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
            model.chat(request, new StreamingChatResponseHandler() {
                @Override
                public void onPartialResponse(String text) {
                    shown.append(text);
                }

                @Override
                public void onCompleteResponse(ChatResponse response) {
                    answer.complete(response);
                }

                @Override
                public void onError(Throwable error) {
                    answer.completeExceptionally(error);
                }
            });
            ChatResponse response = answer.orTimeout(60, SECONDS).join();
            return new StreamedChat(shown.toString(), response);
        }
    }
}
