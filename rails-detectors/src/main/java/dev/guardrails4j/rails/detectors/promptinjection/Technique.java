package dev.guardrails4j.rails.detectors.promptinjection;

import java.util.Locale;

/** What an attack does, and how certain a text that does it is one. */
enum Technique {
    /** Sets earlier instructions aside. */
    INSTRUCTION_OVERRIDE(0.9),
    /** Gives the model a role without rules. */
    ROLE_PLAY(0.85),
    /** Asks for the system prompt. */
    PROMPT_EXTRACTION(0.85),
    /** Imitates the marks between messages. */
    DELIMITER(0.7),
    /** Speaks to the model from within a document. */
    INDIRECT_INSTRUCTION(0.7),
    /** Tells the model how to begin, or never to refuse. */
    REFUSAL_SUPPRESSION(0.6);

    private final double certainty;

    Technique(double certainty) {
        this.certainty = certainty;
    }

    /** From 0 to 1, as far as this alone goes. */
    double certainty() {
        return certainty;
    }

    /** As the rules file names it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Technique named(String rule) {
        return valueOf(rule.toUpperCase(Locale.ROOT));
    }
}
