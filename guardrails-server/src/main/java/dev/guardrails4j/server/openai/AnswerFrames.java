package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.StreamEvent;
import java.util.List;

/** The frames of one streamed answer, as an API has them: wire records. */
public interface AnswerFrames {

    /** The frames that begin the answer. */
    List<?> begin();

    /** The frame of an event, an error frame if a rail took the rest of the answer back. */
    List<?> frames(StreamEvent event);

    /** The frames that end an answer that came to its end. */
    List<?> end(GenerationResult result);
}
