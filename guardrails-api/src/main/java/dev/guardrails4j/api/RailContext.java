package dev.guardrails4j.api;

import java.util.List;
import java.util.Optional;

/** One text under check, and what surrounds it. */
public interface RailContext extends CallContext {

    /** The stage the conversation is at. */
    Stage stage();

    /** The text under check, as earlier rails of the stage left it; never {@code null}, may be empty. */
    String text();

    /** What the user last wrote, as the input rails left it; empty if nothing. At {@link Stage#INPUT} this is {@link #text()}. */
    String userText();

    /** What the model answered, as the output rails left it so far; empty before the model has answered. */
    String botText();

    /** The model's reasoning behind its answer, if it gave one. */
    Optional<String> reasoning();

    /** What retrieval found for this turn, the context variable {@code relevant_chunks}; unmodifiable. */
    List<String> relevantChunks();
}
