package dev.guardrails4j.server.openai;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.RequestBody;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The body of {@code POST /v1/checks}, contract "chat server" 1.4: a chat request, and what of it is to be checked.
 * Immutable.
 *
 * @param chat the conversation
 * @param railTypes what is to be checked; empty if all that is there
 * @param positions where in the request each message of the conversation stands, counted from 0
 */
public record ChatCheckRequest(ChatCompletionRequest chat, Optional<Set<RailType>> railTypes, List<Integer> positions) {

    private static final String TOOLS = "tools";
    private static final Set<Role> RETURNING = EnumSet.of(Role.TOOL, Role.FUNCTION);

    public ChatCheckRequest {
        railTypes = railTypes.map(Set::copyOf);
        positions = List.copyOf(positions);
    }

    /**
     * Reads a body.
     *
     * @throws dev.guardrails4j.server.wire.RequestException if it is not what it has to be; names every fault
     */
    public static ChatCheckRequest read(byte[] json) {
        Field body = RequestBody.parse(json);
        ChatCompletionRequest chat = ChatCompletionRequest.read(body);
        Optional<Set<RailType>> railTypes = railTypes(body.at("guardrails").at("rail_types"));
        body.violations().throwIfAny();
        return new ChatCheckRequest(chat, railTypes, positions(body.node().path("messages")));
    }

    private static Optional<Set<RailType>> railTypes(Field types) {
        if (!types.isGiven() || !types.isList()) {
            return Optional.empty();
        }
        Set<RailType> wanted = EnumSet.noneOf(RailType.class);
        types.items()
                .forEach(type ->
                        type.oneOf(RailType.wireNames()).flatMap(RailType::of).ifPresent(wanted::add));
        return Optional.of(wanted);
    }

    private static List<Integer> positions(JsonNode messages) {
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            if (!messages.get(i).path("role").asText().equals("context")) {
                positions.add(i);
            }
        }
        return positions;
    }

    /** Whether the request offers tools, which only rails of {@link RailType#TOOL_CALL} look at. */
    public boolean offersTools() {
        return chat.parameters().containsKey(TOOLS);
    }

    /** Whether the request wants a type checked. */
    public boolean wants(RailType type) {
        return railTypes.map(types -> types.contains(type)).orElse(true);
    }

    /** Whether the conversation has anything of a type. */
    public boolean has(RailType type) {
        return chat.conversation().messages().stream().anyMatch(message -> switch (type) {
            case INPUT -> message.role() == Role.USER;
            case OUTPUT -> message.role() == Role.ASSISTANT;
            case TOOL_CALL -> !message.toolCalls().isEmpty();
            case TOOL_RESULT -> RETURNING.contains(message.role());
        });
    }

    /** The conversation for the engine. */
    public GenerationRequest toGeneration() {
        GenerationRequest generation = chat.toGeneration();
        return generation.choosing(choices(generation.options(), railTypes.orElse(EnumSet.allOf(RailType.class))));
    }

    /**
     * The conversation up to the assistant's last message, if it is to be checked and the conversation goes on after it:
     * contract "chat server" 1.4 checks any answer that is there.
     */
    public Optional<GenerationRequest> earlierAnswer() {
        List<Message> messages = chat.conversation().messages();
        int last = messages.size() - 1;
        int answer = last;
        while (answer >= 0 && messages.get(answer).role() != Role.ASSISTANT) {
            answer--;
        }
        if (answer < 0 || answer == last || !wants(RailType.OUTPUT)) {
            return Optional.empty();
        }
        GenerationRequest generation = chat.toGeneration();
        return Optional.of(generation
                .saying(messages.subList(0, answer + 1))
                .choosing(choices(generation.options(), EnumSet.of(RailType.OUTPUT))));
    }

    private static GenerationOptions choices(GenerationOptions options, Set<RailType> wanted) {
        Map<Stage, RailChoice> choices = new EnumMap<>(Stage.class);
        choices.putAll(options.rails());
        for (RailType type : RailType.values()) {
            if (!wanted.contains(type)) {
                choices.put(type.stage(), RailChoice.NONE);
            }
        }
        return new GenerationOptions(choices, false);
    }
}
