package dev.guardrails4j.server.access;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.trace.GenerationLog;
import dev.guardrails4j.engine.trace.ModelCall;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The tokens that one request spends: those of every model that it made the server ask, the rails' among them. Where a model
 * does not tell, four characters are a token. Safe for use by many threads.
 */
public final class Spending {

    private static final int CHARACTERS_PER_TOKEN = 4;

    private final AtomicLong told = new AtomicLong();
    private final AtomicLong characters = new AtomicLong();
    private final AtomicBoolean isBrokenOff = new AtomicBoolean();

    /** Counts the calls of models that are done. */
    public void add(GenerationLog log) {
        log.modelCalls()
                .filter(call -> !call.fromCache())
                .mapToLong(Spending::tokens)
                .forEach(told::addAndGet);
        // What was seen of them before is counted with them now.
        characters.set(0);
        isBrokenOff.set(false);
    }

    /** Takes note of characters that go to a model or come from it. */
    public void saw(long length) {
        characters.addAndGet(length);
    }

    /** Takes note that a model was asked and its call did not come to its end: what was seen is counted. */
    public void breakOff() {
        isBrokenOff.set(true);
    }

    /** What was spent so far. */
    public long tokens() {
        return told.get() + (isBrokenOff.get() ? estimated(characters.get()) : 0);
    }

    private static long tokens(ModelCall call) {
        long used = call.usage().totalTokens();
        return used > 0
                ? used
                : estimated(call.prompt().stream()
                                .map(Message::text)
                                .mapToLong(String::length)
                                .sum()
                        + call.completion().length());
    }

    private static long estimated(long characters) {
        return (characters + CHARACTERS_PER_TOKEN - 1) / CHARACTERS_PER_TOKEN;
    }
}
