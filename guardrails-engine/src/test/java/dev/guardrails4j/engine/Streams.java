package dev.guardrails4j.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads streams for tests. */
final class Streams {

    private Streams() {}

    /** Everything up to the end. */
    static List<StreamEvent> events(GenerationStream stream) {
        List<StreamEvent> events = new ArrayList<>();
        for (Optional<StreamEvent> next = stream.next(); next.isPresent(); next = stream.next()) {
            events.add(next.get());
        }
        return events;
    }

    /** The text that its reader has seen. */
    static String shown(List<StreamEvent> events) {
        StringBuilder shown = new StringBuilder();
        for (StreamEvent event : events) {
            if (event instanceof StreamEvent.Text text) {
                shown.append(text.text());
            } else if (event instanceof StreamEvent.Declined text) {
                shown.append(text.text());
            }
        }
        return shown.toString();
    }
}
