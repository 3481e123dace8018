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

    /** As often as one likes, or as long. */
    long ENDLESS = Integer.MAX_VALUE;

    /** How many UTF-16 units it has at most; {@link #ENDLESS} or more if there is no end. */
    long longest();

    /** Whether it may be nothing at all. */
    boolean isOptional();

    /**
     * One character of some.
     *
     * @param set by code, small letters for letters of any case; {@link PatternReader#OTHER} for all that are not ASCII
     */
    record OneOf(BitSet set) implements PatternShape {

        @Override
        public long longest() {
            return set.get(PatternReader.OTHER) ? 2 : 1;
        }

        @Override
        public boolean isOptional() {
            return false;
        }
    }

    /** One after the other. */
    record Sequence(List<PatternShape> parts) implements PatternShape {

        @Override
        public long longest() {
            return Math.min(
                    ENDLESS, parts.stream().mapToLong(PatternShape::longest).sum());
        }

        @Override
        public boolean isOptional() {
            return parts.stream().allMatch(PatternShape::isOptional);
        }
    }

    /** One of several. */
    record Choice(List<PatternShape> options) implements PatternShape {

        @Override
        public long longest() {
            return options.stream().mapToLong(PatternShape::longest).max().orElse(0);
        }

        @Override
        public boolean isOptional() {
            return options.stream().anyMatch(PatternShape::isOptional);
        }
    }

    /**
     * The same again and again.
     *
     * @param least how often at least
     * @param most how often at most
     */
    record Repetition(PatternShape part, int least, long most) implements PatternShape {

        @Override
        public long longest() {
            return Math.min(ENDLESS, part.longest() * most);
        }

        @Override
        public boolean isOptional() {
            return least == 0 || part.isOptional();
        }
    }
}
