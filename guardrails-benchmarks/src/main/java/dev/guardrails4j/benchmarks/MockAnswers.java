package dev.guardrails4j.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What the mock upstream sends, head and body as one run of bytes outside of the heap, made once. Immutable. */
final class MockAnswers {

    static final String MODEL = "mock-model";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final long CREATED = 1_700_000_000L;

    private final ByteBuffer completion;
    private final ByteBuffer models;
    private final ByteBuffer badRequest;

    /** @param text what the assistant says in every completion */
    MockAnswers(String text) {
        completion = response("200 OK", completionOf(text));
        models = response("200 OK", listOfModels());
        badRequest = response("400 Bad Request", error("not an HTTP/1.1 request"));
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

    private static ObjectNode completionOf(String text) {
        ObjectNode body = JSON.objectNode()
                .put("id", "chatcmpl-mock")
                .put("object", "chat.completion")
                .put("created", CREATED)
                .put("model", MODEL);
        ObjectNode choice = body.putArray("choices").addObject().put("index", 0);
        choice.putObject("message").put("role", "assistant").put("content", text);
        choice.put("finish_reason", "stop");
        body.putObject("usage")
                .put("prompt_tokens", 20)
                .put("completion_tokens", 12)
                .put("total_tokens", 32);
        return body;
    }

    private static ObjectNode listOfModels() {
        ObjectNode body = JSON.objectNode().put("object", "list");
        body.putArray("data")
                .addObject()
                .put("id", MODEL)
                .put("object", "model")
                .put("created", CREATED)
                .put("owned_by", "mock");
        return body;
    }

    private static ObjectNode error(String message) {
        ObjectNode body = JSON.objectNode();
        body.putObject("error").put("message", message).put("type", "invalid_request_error");
        return body;
    }

    private static ByteBuffer response(String status, ObjectNode body) {
        byte[] json = body.toString().getBytes(StandardCharsets.UTF_8);
        byte[] head = ("HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: " + json.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(head.length + json.length)
                .put(head)
                .put(json)
                .flip()
                .asReadOnlyBuffer();
    }
}
