package dev.guardrails4j.testkit;

import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import java.util.regex.Pattern;

/** What an answer says, in the form that a request wants. */
@FunctionalInterface
interface Content {

    Body wanted(Wish wish);

    static Content json(String text) {
        Body body = new Body("application/json", text);
        return wish -> body;
    }

    static Content events(String text) {
        Body body = new Body(Body.EVENTS, text);
        return wish -> body;
    }

    /** Streamed if the request wants a stream. */
    static Content of(Completion completion) {
        return wish -> wish.stream() ? stream(completion, wish) : new Body("application/json", completion.json());
    }

    /** Streamed, whatever the request wants. */
    static Content streamed(Completion completion) {
        return wish -> stream(completion, wish);
    }

    private static Body stream(Completion completion, Wish wish) {
        return new Body(Body.EVENTS, completion.events(wish.usage()));
    }

    /**
     * A body of an answer.
     *
     * @param type its media type
     */
    record Body(String type, String text) {

        private static final String EVENTS = "text/event-stream";

        boolean isEvents() {
            return type.equals(EVENTS);
        }
    }

    /**
     * What a request says of the form of its answer.
     *
     * @param stream whether it wants events
     * @param usage whether it wants to know the tokens, too
     */
    record Wish(boolean stream, boolean usage) {

        static final Wish WHOLE = new Wish(false, false);

        private static final Pattern STREAM = Pattern.compile("\"stream\"\\s*:\\s*true");
        private static final Pattern USAGE = Pattern.compile("\"include_usage\"\\s*:\\s*true");

        static Wish of(Received request) {
            return new Wish(
                    STREAM.matcher(request.body()).find(),
                    USAGE.matcher(request.body()).find());
        }
    }
}
