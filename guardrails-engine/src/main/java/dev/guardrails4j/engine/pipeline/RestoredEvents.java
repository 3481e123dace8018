package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatChunk.ToolCallDelta;
import dev.guardrails4j.engine.StreamEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Gives the user back, in what a stream shows, what was kept from the model. For one thread. */
final class RestoredEvents {

    private final Originals originals;
    private final Originals.Stream text;
    private final Originals.Stream declined;
    private final Originals.Stream reasoning;

    RestoredEvents(Originals originals) {
        this.originals = originals;
        this.text = originals.stream();
        this.declined = originals.stream();
        this.reasoning = originals.stream();
    }

    /** What is to be shown for an event: what waits for more of itself is shown with a later one. */
    List<StreamEvent> of(StreamEvent event) {
        if (originals.isEmpty()) {
            return List.of(event);
        }
        if (event instanceof StreamEvent.Text more) {
            return shown(text.add(more.text()), StreamEvent.Text::new);
        }
        if (event instanceof StreamEvent.Declined more) {
            return shown(declined.add(more.text()), StreamEvent.Declined::new);
        }
        if (event instanceof StreamEvent.Reasoning more) {
            return shown(reasoning.add(more.text()), StreamEvent.Reasoning::new);
        }
        List<StreamEvent> events = new ArrayList<>(end());
        events.add(event instanceof StreamEvent.ToolCalls calls ? restored(calls) : event);
        return events;
    }

    /** What still waits when nothing more comes, or something else does. */
    List<StreamEvent> end() {
        List<StreamEvent> events = new ArrayList<>();
        events.addAll(shown(reasoning.end(), StreamEvent.Reasoning::new));
        events.addAll(shown(text.end(), StreamEvent.Text::new));
        events.addAll(shown(declined.end(), StreamEvent.Declined::new));
        return events;
    }

    private static List<StreamEvent> shown(String text, Function<String, StreamEvent> event) {
        return Optional.of(text).filter(some -> !some.isEmpty()).map(event).stream()
                .toList();
    }

    /** Calls come in one piece where something may have to be restored. */
    private StreamEvent restored(StreamEvent.ToolCalls calls) {
        return new StreamEvent.ToolCalls(calls.deltas().stream()
                .map(delta -> new ToolCallDelta(
                        delta.index(), delta.id(), delta.name(), originals.restoredJson(delta.arguments())))
                .toList());
    }
}
