package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.api.ModelException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The calls of tools in an answer that arrives in parts. Which call a part belongs to is told by its index; where endpoints
 * leave that out, by its id or position; where they give every call the same, by a new id with a name. Calls are counted
 * anew from 0 in the order in which they begin.
 */
final class StreamedToolCalls {

    private static final int MAX_CALLS = 1_000;

    private final List<Call> calls = new ArrayList<>();
    private final Map<Long, Call> byIndex = new HashMap<>();

    boolean isEmpty() {
        return calls.isEmpty();
    }

    /**
     * What the next parts bring; none for a part that brings nothing.
     *
     * @param parts the field {@code tool_calls} of a delta
     * @throws ModelException if they are none
     */
    List<ToolCallDelta> next(List<?> parts) {
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Part part = Part.of(parts.get(i));
            int before = calls.size();
            Call call = find(part, i, parts.size());
            call.refuseOtherName(part);
            boolean isFirst = calls.size() > before;
            String arguments = call.arguments.next(part.arguments());
            call.hasArguments |= !part.arguments().isEmpty();
            if (isFirst) {
                deltas.add(new ToolCallDelta(call.index, call.id, call.name, arguments));
            } else if (!arguments.isEmpty()) {
                deltas.add(new ToolCallDelta(call.index, "", "", arguments));
            }
        }
        return deltas;
    }

    /** What is left when the answer has ended: a call without arguments has empty ones. */
    List<ToolCallDelta> end() {
        List<ToolCallDelta> deltas = new ArrayList<>();
        for (Call call : calls) {
            String rest = call.hasArguments ? call.arguments.end() : "{}";
            if (!rest.isEmpty()) {
                deltas.add(new ToolCallDelta(call.index, "", "", rest));
            }
        }
        return deltas;
    }

    private Call find(Part part, int position, int parts) {
        if (part.index().isPresent()) {
            Call known = byIndex.get(part.index().get());
            if (known != null && !known.isOtherThan(part)) {
                return known;
            }
            Call begun = begin(part);
            byIndex.put(part.index().get(), begun);
            return begun;
        }
        if (!part.id().isEmpty()) {
            return calls.stream()
                    .filter(call -> call.id.equals(part.id()))
                    .findFirst()
                    .orElseGet(() -> begin(part));
        }
        if (!part.name().isEmpty() || calls.isEmpty()) {
            return begin(part);
        }
        return calls.get(parts > 1 && position < calls.size() ? position : calls.size() - 1);
    }

    private Call begin(Part part) {
        if (part.name().isEmpty()) {
            throw TransportFailure.notAnAnswer("a tool call's function has no name");
        }
        if (calls.size() == MAX_CALLS) {
            throw TransportFailure.notAnAnswer("it calls more than " + MAX_CALLS + " tools");
        }
        Call call = new Call(calls.size(), part);
        calls.add(call);
        return call;
    }

    /** A call that has begun. */
    private static final class Call {

        final int index;
        final String id;
        final String name;
        final boolean hasOwnId;
        final WholeCharacters arguments = new WholeCharacters();
        boolean hasArguments;

        Call(int index, Part first) {
            this.index = index;
            this.hasOwnId = !first.id().isEmpty();
            this.id = hasOwnId ? first.id() : AnswerReader.newId();
            this.name = first.name();
        }

        /** Some endpoints repeat the id in every part, some make a new one up for every part, but then without a name. */
        boolean isOtherThan(Part part) {
            return hasOwnId
                    && !part.id().isEmpty()
                    && !part.id().equals(id)
                    && !part.name().isEmpty();
        }

        /** A name in pieces would be checked by rails as what it is not. */
        void refuseOtherName(Part part) {
            if (!part.name().isEmpty() && !part.name().equals(name)) {
                throw TransportFailure.notAnAnswer("a tool call changes its name");
            }
        }
    }

    /** A part of a call as it came; what is missing is empty. */
    private record Part(Optional<Long> index, String id, String name, String arguments) {

        static Part of(@Nullable Object value) {
            WireObject call = WireObject.of(value)
                    .orElseThrow(() -> TransportFailure.notAnAnswer("a tool call is not an object"));
            WireObject function = call.object("function").orElse(WireObject.EMPTY);
            Object arguments = function.value("arguments").orElse("");
            return new Part(
                    call.value("index").filter(Number.class::isInstance).map(index -> ((Number) index).longValue()),
                    call.string("id").orElse(""),
                    function.string("name").orElse(""),
                    arguments instanceof String text ? text : WireJson.text(arguments));
        }
    }
}
