package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The user messages that nothing has answered yet. All of them are checked together, not only the last: what stands in an
 * earlier one reaches the model as well. An answer that the client itself put at the end, and calls of tools with their
 * results, do not count as answered: what they follow is checked again.
 */
final class UserTurn {

    private static final Set<Role> ANSWERING = Set.of(Role.ASSISTANT, Role.TOOL, Role.FUNCTION);

    private final List<Message> conversation;
    private final List<Integer> positions;

    private UserTurn(List<Message> conversation, List<Integer> positions) {
        this.conversation = conversation;
        this.positions = positions;
    }

    static UserTurn of(List<Message> conversation) {
        int last = conversation.size() - 1;
        while (last >= 0 && conversation.get(last).role() != Role.USER) {
            last--;
        }
        List<Integer> positions = new ArrayList<>();
        for (int i = last; i >= 0 && !ANSWERING.contains(conversation.get(i).role()); i--) {
            if (conversation.get(i).role() == Role.USER) {
                positions.add(0, i);
            }
        }
        return new UserTurn(conversation, positions);
    }

    boolean isPresent() {
        return !positions.isEmpty();
    }

    /** The texts of its messages, joined by line breaks. */
    String text() {
        return positions.stream()
                .map(position -> conversation.get(position).text())
                .collect(Collectors.joining("\n"));
    }

    /** The conversation with this text in the place of all of the turn's texts. */
    List<Message> rewritten(String text) {
        List<Message> rewritten = new ArrayList<>(conversation);
        for (int i = 0; i < positions.size(); i++) {
            int position = positions.get(i);
            boolean isLast = i == positions.size() - 1;
            rewritten.set(position, conversation.get(position).withText(isLast ? text : ""));
        }
        return rewritten;
    }
}
