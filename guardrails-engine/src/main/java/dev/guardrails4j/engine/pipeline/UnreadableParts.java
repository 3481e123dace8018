package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * What of a conversation the model will read and no rail can: images, files and whatever else is not text. Every message
 * counts, whoever speaks and however long ago, since the client has sent them all. What a user sends is read by rails of
 * {@code input}, what a tool has returned by rails of {@code tool_input} and those of {@code input} that check tools; what
 * others say, by none.
 *
 * @param types the parts' types
 * @param messages the first messages that have such parts, counted from 0
 */
record UnreadableParts(SortedSet<String> types, List<Integer> messages) {

    static final String NAME = "unreadable parts";

    private static final int MOST_MESSAGES = 20;

    /** How an assistant's message says in parts that it would not answer: text, and the model's own. */
    private static final String REFUSAL = "refusal";

    static UnreadableParts of(List<Message> conversation, StageRunner stages) {
        SortedSet<String> types = new TreeSet<>();
        List<Integer> messages = new ArrayList<>();
        for (int i = 0; i < conversation.size(); i++) {
            Message message = conversation.get(i);
            if (!message.content().stream().allMatch(ContentPart::isText)) {
                Set<String> readable = readable(message.role(), stages);
                List<String> unreadable = message.content().stream()
                        .filter(part -> !part.isText() && !readable.contains(part.type()))
                        .map(ContentPart::type)
                        .toList();
                types.addAll(unreadable);
                if (!unreadable.isEmpty() && messages.size() < MOST_MESSAGES) {
                    messages.add(i);
                }
            }
        }
        return new UnreadableParts(types, messages);
    }

    private static Set<String> readable(Role role, StageRunner stages) {
        Stream<ConfiguredRail> input = stages.wanted(Stage.INPUT).stream();
        return switch (role) {
            case USER -> types(input);
            case TOOL, FUNCTION ->
                types(Stream.concat(
                        stages.wanted(Stage.TOOL_INPUT).stream(),
                        input.filter(rail -> rail.flow().checksTools())));
            case ASSISTANT -> Set.of(REFUSAL);
            case SYSTEM, DEVELOPER -> Set.of();
        };
    }

    private static Set<String> types(Stream<ConfiguredRail> rails) {
        Set<String> types = new HashSet<>();
        rails.forEach(rail -> types.addAll(rail.readsParts()));
        return types;
    }

    boolean isNone() {
        return types.isEmpty();
    }

    Verdict.Block verdict() {
        return new Verdict.Block(
                "no rail of the configuration can read parts of type " + String.join(", ", types),
                Optional.empty(),
                evidence());
    }

    /** What the trace says of them. */
    ActivatedRail record(boolean refused) {
        return new ActivatedRail(
                "input",
                NAME,
                refused ? Outcome.BLOCKED : Outcome.PASSED,
                refused ? List.of("refuse to respond", "stop") : List.of(),
                List.of(),
                evidence(),
                Instant.now(),
                Duration.ZERO);
    }

    private Map<String, Object> evidence() {
        return Map.of("part_types", List.copyOf(types), "messages", messages);
    }
}
