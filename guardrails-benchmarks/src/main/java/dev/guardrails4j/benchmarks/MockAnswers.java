package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** What the mock upstream sends, head and body as one run of bytes outside of the heap, made once. Immutable. */
final class MockAnswers {

    static final String MODEL = "mock-model";
    private static final long CREATED = 1_700_000_000L;

    private final ByteBuffer completion;
    private final ByteBuffer models;
    private final ByteBuffer badRequest;

    /** @param text what the assistant says in every completion */
    MockAnswers(String text) {
        completion = response("200 OK", completionOf(text));
        models = response(
                "200 OK",
                Map.of(
                        "object",
                        "list",
                        "data",
                        List.of(Map.of("id", MODEL, "object", "model", "created", CREATED, "owned_by", "mock"))));
        badRequest = response(
                "400 Bad Request",
                Map.of("error", Map.of("message", "not an HTTP/1.1 request", "type", "invalid_request_error")));
    }

    ByteBuffer completion() {
        return completion.duplicate();
    }

    ByteBuffer models() {
        return models.duplicate();
    }

    ByteBuffer badRequest() {
        return badRequest.duplicate();
    }

    private static Map<String, Object> completionOf(String text) {
        return Map.of(
                "id",
                "chatcmpl-mock",
                "object",
                "chat.completion",
                "created",
                CREATED,
                "model",
                MODEL,
                "choices",
                List.of(Map.of(
                        "index", 0, "message", Map.of("role", "assistant", "content", text), "finish_reason", "stop")),
                "usage",
                Map.of("prompt_tokens", 20, "completion_tokens", 12, "total_tokens", 32));
    }

    private static ByteBuffer response(String status, Map<String, Object> body) {
        byte[] json = json(body);
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(head.length + json.length)
                .put(head)
                .put(json)
                .flip()
                .asReadOnlyBuffer();
    }

    private static byte[] json(Map<String, Object> body) {
        try {
            return new ObjectMapper().writeValueAsBytes(body);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps of texts and numbers can be written as JSON", e);
        }
    }
}
