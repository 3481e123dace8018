package dev.guardrails4j.rails.detectors.pattern;

import dev.guardrails4j.rails.detectors.pattern.PatternShape.Choice;
import dev.guardrails4j.rails.detectors.pattern.PatternShape.OneOf;
import dev.guardrails4j.rails.detectors.pattern.PatternShape.Repetition;
import dev.guardrails4j.rails.detectors.pattern.PatternShape.Sequence;
import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a pattern between two gaps, in which any words or nearly anything may stand. An automaton that remembered across gaps would need
 * a state for each set of patterns that have begun.
 *
 * @param shape never nothing at all
 * @param reach how far from the end of the piece before it may end, in UTF-16 units
 */
record PatternPiece(PatternShape shape, long reach) {

    /** Those of a word, at least. */
    private static final int FEWEST_SYMBOLS = 30;

    private static final int SHORTEST_GAP = 4;

    /** The pieces of a pattern, in their order; none if it may be nothing, or only a gap. */
    static List<PatternPiece> of(PatternShape pattern) {
        List<PatternPiece> pieces = new ArrayList<>();
        List<PatternShape> piece = new ArrayList<>();
        long gap = 0;
        for (PatternShape part : flat(pattern)) {
            if (!isGap(part)) {
                piece.add(part);
                continue;
            }
            gap = closed(piece, gap, pieces) + part.longest();
            piece.clear();
        }
        closed(piece, gap, pieces);
        return pieces;
    }

    /** Adds what stands before a gap as a piece; if it may be nothing, it counts to the gap. */
    private static long closed(List<PatternShape> parts, long gapBefore, List<PatternPiece> pieces) {
        PatternShape shape = new Sequence(List.copyOf(parts));
        long reach = Math.min(PatternShape.ENDLESS, gapBefore + shape.longest());
        if (shape.isOptional()) {
            return reach;
        }
        pieces.add(new PatternPiece(shape, reach));
        return 0;
    }

    private static List<PatternShape> flat(PatternShape shape) {
        return shape instanceof Sequence sequence
                ? sequence.parts().stream().flatMap(part -> flat(part).stream()).toList()
                : List.of(shape);
    }

    /** Whether a part begins with a long run of any of many characters: words in a group are no less of a gap. */
    private static boolean isGap(PatternShape shape) {
        if (shape instanceof Repetition repetition) {
            return isGap(repetition.part())
                    || (repetition.most() >= SHORTEST_GAP
                            && repetition.part() instanceof OneOf one
                            && one.set().cardinality() >= FEWEST_SYMBOLS);
        }
        if (shape instanceof Sequence sequence) {
            for (PatternShape part : sequence.parts()) {
                if (isGap(part) || !part.isOptional()) {
                    return isGap(part);
                }
            }
            return false;
        }
        return shape instanceof Choice choice && choice.options().stream().anyMatch(PatternPiece::isGap);
    }
}
