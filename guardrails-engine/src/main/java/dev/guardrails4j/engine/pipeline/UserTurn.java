package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.engine.config.InputScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * User messages that are checked together: those between two answers. Not only the last of them, for what stands in an
 * earlier one reaches the model as well. Calls of tools and their results end a turn too; but what follows the last message
 * of a user, be it an answer that the client itself put there, does not.
 *
 * @param positions where in the conversation they are, in order; none if there is no such turn
 */
record UserTurn(List<Integer> positions) {

    private static final Set<Role> ANSWERING = Set.of(Role.ASSISTANT, Role.TOOL, Role.FUNCTION);

    UserTurn {
        positions = List.copyOf(positions);
    }

    /** The turn that is new: the last one; with {@link InputScope#LAST} nothing but its last message. */
    static UserTurn of(List<Message> conversation, InputScope scope) {
        int last = conversation.size() - 1;
        while (last >= 0 && conversation.get(last).role() != Role.USER) {
            last--;
        }
        List<Integer> positions = new ArrayList<>();
        for (int i = last; i >= 0 && !ANSWERING.contains(conversation.get(i).role()); i--) {
            if (conversation.get(i).role() == Role.USER) {
                positions.add(0, i);
            }
            if (scope == InputScope.LAST) {
                break;
            }
        }
        return new UserTurn(positions);
    }

    /** The turns before the new one, the oldest first. */
    static List<UserTurn> earlier(List<Message> conversation) {
        List<UserTurn> turns = new ArrayList<>();
        List<Integer> positions = new ArrayList<>();
        for (int i = 0; i < conversation.size(); i++) {
            Role role = conversation.get(i).role();
            if (role == Role.USER) {
                positions.add(i);
            } else if (ANSWERING.contains(role) && !positions.isEmpty()) {
                turns.add(new UserTurn(positions));
                positions.clear();
            }
        }
        if (positions.isEmpty() && !turns.isEmpty()) {
            turns.remove(turns.size() - 1);
        }
        return turns;
    }

    boolean isPresent() {
        return !positions.isEmpty();
    }

    /** Where its last message is. */
    int end() {
        return positions.get(positions.size() - 1);
    }

    /** The texts of its messages, joined by line breaks. */
    String text(List<Message> conversation) {
        return positions.stream()
                .map(position -> conversation.get(position).text())
                .collect(Collectors.joining("\n"));
    }

    /** The conversation with this text in the place of all of the turn's texts. */
    List<Message> rewritten(List<Message> conversation, String text) {
        List<Message> rewritten = new ArrayList<>(conversation);
        for (int position : positions) {
            Message message = conversation.get(position);
            if (position == end()) {
                rewritten.set(position, message.withText(text));
            } else if (!message.text().isEmpty()) {
                rewritten.set(position, message.withText(""));
            }
        }
        return rewritten;
    }
}
