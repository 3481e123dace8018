package dev.guardrails4j.api;

import java.util.List;

/**
 * What a judging model said.
 *
 * @param safe whether it called the text safe
 * @param violations the policies it said were violated, in its words and order; empty if safe or not told
 * @since 0.1
 */
public record Judgement(boolean safe, List<String> violations) {

    public Judgement {
        violations = List.copyOf(violations);
    }
}
