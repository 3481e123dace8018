package dev.guardrails4j.server.checks;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.server.openai.GuardrailsOptions;
import dev.guardrails4j.server.openai.ReplyOptions;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.PlainValues;
import dev.guardrails4j.server.wire.RequestBody;
import dev.guardrails4j.server.wire.Scalars;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The body of a guardrail check request, read and validated (contract "checks" 3). Immutable.
 *
 * @param model the main model's name
 * @param messages what was said
 * @param config which configuration it is for
 * @param context context variables, names without {@code $}
 * @param parameters what the request wants of a model, the tools it offers among it
 * @param reply what is wanted beside the verdict
 */
public record GuardrailCheckRequest(
        String model,
        List<Message> messages,
        ConfigChoice config,
        Map<String, Object> context,
        Map<String, Object> parameters,
        ReplyOptions reply) {

    private static final String IMAGE = "image_url";

    public GuardrailCheckRequest {
        messages = List.copyOf(messages);
        context = Collections.unmodifiableMap(new LinkedHashMap<>(context));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * Reads a body.
     *
     * @throws dev.guardrails4j.server.wire.RequestException if it is not what it has to be; names every fault
     */
    public static GuardrailCheckRequest read(byte[] json) {
        Field body = RequestBody.parse(json);
        GuardrailCheckRequest request =
                read(body, () -> MessageListReader.read(body.at("messages"))).request();
        body.violations().throwIfAny();
        return request;
    }

    /** What a body says: of a check, and of rails and models beside it. */
    record Read(GuardrailCheckRequest request, GuardrailsOptions options) {}

    /**
     * Reads a body, and records what is wrong with it.
     *
     * @param conversation reads what was said
     */
    static Read read(Field body, Supplier<List<Message>> conversation) {
        String model = body.at("model").string().orElse("");
        List<Message> messages = conversation.get();
        CompletionParameters.check(body);
        Field guardrails = body.at("guardrails");
        boolean isGiven = !guardrails.isMissing() && guardrails.isModel();
        ConfigChoice config = isGiven ? ConfigChoiceReader.read(guardrails) : new ConfigChoice.Unspecified();
        GuardrailsOptions options = isGiven ? options(guardrails) : GuardrailsOptions.NONE;
        GuardrailCheckRequest request = new GuardrailCheckRequest(
                model,
                messages,
                config,
                isGiven ? object(guardrails.at("context")) : Map.of(),
                CompletionParameters.forwarded(body),
                options.reply());
        return new Read(request, options);
    }

    private static GuardrailsOptions options(Field guardrails) {
        for (String unused : List.of("return_choice", "stream")) {
            if (guardrails.at(unused).isGiven()) {
                Scalars.flag(guardrails.at(unused));
            }
        }
        object(guardrails.at("state"));
        return GuardrailsOptions.read(guardrails.at("options"));
    }

    private static Map<String, Object> object(Field object) {
        return object.isGiven() && object.isObject() ? PlainValues.ofObject(object.node()) : Map.of();
    }

    /** Whether any message shows a picture. */
    public boolean hasImages() {
        return messages.stream()
                .flatMap(message -> message.content().stream())
                .map(ContentPart::type)
                .anyMatch(IMAGE::equals);
    }

    /** The same for the engine. Which rails run is the configuration's to say: contract "checks" 3.3. */
    public GenerationRequest toGeneration() {
        return new GenerationRequest(
                messages,
                model.isEmpty() ? Optional.empty() : Optional.of(model),
                context,
                parameters,
                GenerationOptions.ALL,
                Optional.empty());
    }
}
