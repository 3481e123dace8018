package dev.guardrails4j.server.checks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.RequestBody;
import dev.guardrails4j.server.wire.Scalars;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A request to the guardrail microservice that wants a model's answer, contract "checks" 9. Immutable.
 *
 * @param check the conversation, which configuration guards it, and what is wanted beside the answer
 * @param rails which of its rails are to run
 * @param nested parameters for the main model below {@code guardrails.options}
 * @param wantsGuardrailsData whether the answer is to tell of guardrails at all
 * @param returnChoice whether it is to do so in a choice of its own, too
 * @param stream whether the answer is wanted piece by piece
 * @param includeUsage whether a stream is to end with the tokens spent
 */
public record GuardedChatRequest(
        GuardrailCheckRequest check,
        GenerationOptions rails,
        Map<String, Object> nested,
        boolean wantsGuardrailsData,
        boolean returnChoice,
        boolean stream,
        boolean includeUsage) {

    private static final String PROMPT = "prompt";

    /** What a text completion may want of OpenAI's old API, and no chat model does. */
    private static final Set<String> NOT_DONE = Set.of("suffix", "echo", "best_of");

    /**
     * Reads the body of a chat completion request.
     *
     * @throws dev.guardrails4j.server.wire.RequestException if it is not what it has to be; names every fault
     */
    public static GuardedChatRequest chat(byte[] json) {
        Field body = RequestBody.parse(json);
        return read(body, () -> messages(body.at("messages")));
    }

    private static List<Message> messages(Field messages) {
        if (messages.node().isArray() && messages.node().isEmpty()) {
            messages.reject("List should have at least 1 item");
        }
        return MessageListReader.read(messages);
    }

    /**
     * Reads the body of a text completion request. Its prompt is what a user says.
     *
     * @throws dev.guardrails4j.server.wire.RequestException if it is not what it has to be; names every fault
     */
    public static GuardedChatRequest completion(byte[] json) {
        Field body = RequestBody.parse(json);
        for (String name : NOT_DONE) {
            Field parameter = body.at(name);
            if (parameter.isGiven() && !isNothing(parameter)) {
                parameter.reject("Not supported; leave it out");
            }
        }
        return read(body, () -> prompt(body.at(PROMPT)));
    }

    /** Whether a parameter says what is done anyhow. */
    private static boolean isNothing(Field parameter) {
        JsonNode value = parameter.node();
        return value.equals(BooleanNode.FALSE)
                || value.equals(IntNode.valueOf(1))
                || value.equals(TextNode.valueOf(""));
    }

    private static List<Message> prompt(Field prompt) {
        if (prompt.node().isArray()) {
            if (prompt.node().size() != 1) {
                prompt.reject("List should have exactly 1 item");
                return List.of();
            }
            return prompt(prompt.items().get(0));
        }
        return prompt.string().map(Message::user).map(List::of).orElse(List.of());
    }

    private static GuardedChatRequest read(Field body, Supplier<List<Message>> messages) {
        Field guardrails = body.at("guardrails");
        GuardrailCheckRequest.Read read = GuardrailCheckRequest.read(body, messages);
        Field n = body.at("n");
        if (n.node().isIntegralNumber() && n.node().longValue() > 1) {
            n.reject("Only one choice is supported; set n to 1 or leave it out");
        }
        Field includeUsage = body.at("stream_options").at("include_usage");
        GuardedChatRequest request = new GuardedChatRequest(
                read.request(),
                read.options().rails(),
                read.options().parameters(),
                guardrails.node().isObject(),
                isOn(guardrails.at("return_choice")),
                isOn(body.at("stream")),
                isOn(includeUsage));
        body.violations().throwIfAny();
        return request;
    }

    private static boolean isOn(Field flag) {
        return flag.isGiven()
                && Scalars.isFlag(flag.node())
                && Scalars.flag(flag).orElse(false);
    }

    /** The same for the engine. What stands at the top beats {@code guardrails.options.llm_params}. */
    public GenerationRequest toGeneration() {
        Map<String, Object> parameters = new LinkedHashMap<>(nested);
        parameters.putAll(check.parameters());
        return check.toGeneration().wanting(parameters).choosing(rails);
    }
}
