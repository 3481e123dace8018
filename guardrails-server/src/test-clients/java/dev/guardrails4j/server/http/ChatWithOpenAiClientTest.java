package dev.guardrails4j.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.JsonValue;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.InternalServerException;
import com.openai.errors.NotFoundException;
import com.openai.errors.OpenAIServiceException;
import com.openai.errors.PermissionDeniedException;
import com.openai.errors.RateLimitException;
import com.openai.errors.UnauthorizedException;
import com.openai.errors.UnprocessableEntityException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionFunctionTool;
import com.openai.models.chat.completions.ChatCompletionMessage;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.server.threads.ThreadLimits;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadStores;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("The official OpenAI client talks to the server as it would to OpenAI")
class ChatWithOpenAiClientTest {

    @TempDir
    private static Path folder;

    private static ScriptedUpstream upstream;
    private static ThreadStore threads;
    private static RunningServer server;
    private static OpenAIClient client;

    @BeforeAll
    static void start() {
        upstream = ScriptedUpstream.start();
        upstream.answerWhen("INPUT: something evil", "Yes").answerWhen("INPUT: ", "No");
        threads = ThreadStores.memory(ThreadLimits.DEFAULT);
        server = RunningServer.start(ConfigRoot.standard(folder, upstream.baseUrl()), "", threads);
        client = OpenAIOkHttpClient.builder()
                .baseUrl(server.url("/v1"))
                .apiKey("unused")
                .maxRetries(0)
                .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
        threads.close();
        upstream.close();
    }

    @Test
    @SuppressWarnings("deprecation") // the client calls what its model does not name internal
    void chats() {
        upstream.answer("Hi there!");

        ChatCompletion answer = client.chat().completions().create(saying("pass", "Hello!").build());

        // Every field has the type that the client's model gives it.
        answer.validate();
        assertThat(answer.choices().get(0).message().content()).contains("Hi there!");
        assertThat(answer.choices().get(0).finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(12);
        assertThat(answer._additionalProperties()).containsKey("guardrails");
    }

    @Test
    void isToldOfABlock() {
        ChatCompletion answer =
                client.chat().completions().create(saying("checked", "something evil").build());

        answer.validate();
        assertThat(answer.choices().get(0).message().content()).contains("I'm sorry, I can't respond to that.");
        assertThat(answer.choices().get(0).finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.CONTENT_FILTER);
    }

    @Test
    void isToldOfABlockAsAnError() {
        BadRequestException refused = catchThrowableOfType(
                BadRequestException.class, () -> client.chat()
                        .completions()
                        .create(saying("exceptions", "something evil").build()));

        assertThat(refused.type()).contains("guardrails_violation");
        assertThat(refused.code()).contains("content_blocked");
        assertThat(refused.param()).contains("self check input");
        assertThat(refused.headers().values("X-Guardrails-Status")).containsExactly("blocked");
    }

    @Test
    void callsToolsAndSendsTheAnswerBackAsItCame() {
        upstream.respondInTurn(
                Response.toolCalls(new ToolCall("call_1", "weather", "{\"city\":\"Rome\"}")),
                Response.answer("It is sunny in Rome."));
        ChatCompletionCreateParams.Builder conversation = saying("pass", "How is the weather in Rome?")
                .addTool(ChatCompletionFunctionTool.builder()
                        .function(FunctionDefinition.builder().name("weather").build())
                        .build());

        ChatCompletionMessage asks = client.chat()
                .completions()
                .create(conversation.build())
                .choices()
                .get(0)
                .message();
        ChatCompletionMessageToolCall call = asks.toolCalls().orElseThrow().get(0);
        conversation
                .addMessage(asks)
                .addMessage(ChatCompletionToolMessageParam.builder()
                        .toolCallId(call.asFunction().id())
                        .content("sunny")
                        .build());
        ChatCompletion answer = client.chat().completions().create(conversation.build());

        assertThat(call.asFunction().function().arguments()).isEqualTo("{\"city\":\"Rome\"}");
        assertThat(answer.choices().get(0).message().content()).contains("It is sunny in Rome.");
    }

    @Test
    void streams() {
        upstream.answer("Hi there!");

        try (StreamResponse<ChatCompletionChunk> chunks = client.chat()
                .completions()
                .createStreaming(saying("pass", "Hello!")
                        .streamOptions(ChatCompletionStreamOptions.builder()
                                .includeUsage(true)
                                .build())
                        .build())) {
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            chunks.stream().forEach(chunk -> whole.accumulate(chunk.validate()));

            assertThat(whole.chatCompletion().choices().get(0).message().content()).contains("Hi there!");
            assertThat(whole.chatCompletion().usage().orElseThrow().totalTokens())
                    .isEqualTo(12);
        }
    }

    @Test
    void callsToolsInAStream() {
        upstream.respond(
                request -> Response.toolCalls(new ToolCall("call_1", "weather", "{\"city\":\"Rome\"}")));

        try (StreamResponse<ChatCompletionChunk> chunks = client.chat()
                .completions()
                .createStreaming(saying("pass", "How is the weather in Rome?").build())) {
            ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
            chunks.stream().forEach(whole::accumulate);
            ChatCompletion.Choice choice = whole.chatCompletion().choices().get(0);

            assertThat(choice.finishReason()).isEqualTo(ChatCompletion.Choice.FinishReason.TOOL_CALLS);
            assertThat(choice.message()
                            .toolCalls()
                            .orElseThrow()
                            .get(0)
                            .asFunction()
                            .function()
                            .arguments())
                    .isEqualTo("{\"city\":\"Rome\"}");
        }
    }

    @Test
    void goesOnWithAThread() {
        upstream.answer("Hello Ada!");
        ChatCompletionCreateParams.Builder turn = saying(
                Map.of("config_id", "pass", "thread_id", "thread-of-openai-java"), "My name is Ada.");
        client.chat().completions().create(turn.build());

        try (StreamResponse<ChatCompletionChunk> chunks =
                client.chat().completions().createStreaming(turn.build())) {
            assertThat(chunks.stream()).isNotEmpty();
        }

        List<ScriptedUpstream.Received> received = upstream.received();
        assertThat(received.get(received.size() - 1).body()).contains("Hello Ada!");
    }

    @Test
    @SuppressWarnings("deprecation") // the client calls what its model does not name internal
    void sendsBackAnAnswerWithReasoning() {
        upstream.respondInTurn(Response.reasoned("Let me think.", "Hi!"), Response.answer("Bye!"));
        ChatCompletionCreateParams.Builder conversation = saying("pass", "Hello!");

        ChatCompletionMessage greeting = client.chat()
                .completions()
                .create(conversation.build())
                .choices()
                .get(0)
                .message();
        conversation.addMessage(greeting).addUserMessage("Bye.");
        ChatCompletion answer = client.chat().completions().create(conversation.build());

        assertThat(greeting._additionalProperties()).containsKey("reasoning_content");
        assertThat(answer.choices().get(0).message().content()).contains("Bye!");
    }

    @ParameterizedTest
    @MethodSource
    void mapsErrors(int status, Class<? extends OpenAIServiceException> exception) {
        upstream.respond(request -> Response.error(status, "It failed", "some_code"));

        OpenAIServiceException failed = catchThrowableOfType(
                exception,
                () -> client.chat().completions().create(saying("pass", "Hello!").build()));

        assertThat(failed.statusCode()).isEqualTo(status);
        assertThat(failed.code()).contains("some_code");
        assertThat(failed).hasMessageContaining("It failed");
    }

    static Stream<Arguments> mapsErrors() {
        return Stream.of(
                Arguments.of(400, BadRequestException.class),
                Arguments.of(401, UnauthorizedException.class),
                Arguments.of(403, PermissionDeniedException.class),
                Arguments.of(404, NotFoundException.class),
                Arguments.of(422, UnprocessableEntityException.class),
                Arguments.of(429, RateLimitException.class),
                Arguments.of(500, InternalServerException.class));
    }

    private static ChatCompletionCreateParams.Builder saying(String configId, String text) {
        return saying(Map.of("config_id", configId), text);
    }

    private static ChatCompletionCreateParams.Builder saying(Map<String, String> guardrails, String text) {
        return ChatCompletionCreateParams.builder()
                .model("m")
                .addUserMessage(text)
                .putAdditionalBodyProperty("guardrails", JsonValue.from(guardrails));
    }
}
