package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.JudgementException;

/** Reads a judging model's answer. Immutable; safe for use by many threads. */
@FunctionalInterface
public interface OutputParser {

    /**
     * Reads an answer, without the model's reasoning where the model gives it apart.
     *
     * @throws JudgementException if the answer cannot be understood; the message never holds the answer
     */
    Judgement parse(String answer);
}
