package dev.guardrails4j.rails.detectors.pattern;

import java.util.BitSet;
import java.util.List;

/**
 * What texts look like in which a regular expression may be found: at least those in which it is. Immutable; bit sets are not
 * to be written to.
 */
sealed interface PatternShape {

    /** Where bounds and word boundaries are, of which shapes know nothing. */
    PatternShape NOTHING = new Sequence(List.of());

    /**
     * One character of some.
     *
     * @param set by code, small letters for letters of any case; {@link PatternReader#OTHER} for all that are not ASCII
     */
    record OneOf(BitSet set) implements PatternShape {}

    /** One after the other. */
    record Sequence(List<PatternShape> parts) implements PatternShape {}

    /** One of several. */
    record Choice(List<PatternShape> options) implements PatternShape {}

    /**
     * The same again and again.
     *
     * @param least how often at least
     * @param endless whether also more often, however often
     */
    record Repetition(PatternShape part, int least, boolean endless) implements PatternShape {}
}
