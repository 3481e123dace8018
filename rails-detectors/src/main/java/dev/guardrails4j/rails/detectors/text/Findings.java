package dev.guardrails4j.rails.detectors.text;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/** What becomes of all that was found in one text. */
public final class Findings {

    private static final Comparator<Finding> SUREST_FIRST = Comparator.comparingDouble(Finding::score)
            .thenComparingInt(Finding::length)
            .reversed()
            .thenComparing(Finding::type);

    private Findings() {}

    /**
     * Settles findings that overlap: each group of them becomes one, as long as all of them together, so that nothing of
     * any is left over, and of the type of the surest, among equals the longest.
     *
     * @return findings apart from each other, in the order of the text
     */
    public static List<Finding> apart(Collection<Finding> findings) {
        List<Finding> inOrder = new ArrayList<>(findings);
        inOrder.sort(Comparator.comparingInt(Finding::start));
        List<Finding> apart = new ArrayList<>();
        List<Finding> group = new ArrayList<>();
        int end = 0;
        for (Finding finding : inOrder) {
            if (!group.isEmpty() && finding.start() >= end) {
                apart.add(settled(group, end));
                group.clear();
            }
            group.add(finding);
            end = Math.max(end, finding.end());
        }
        if (!group.isEmpty()) {
            apart.add(settled(group, end));
        }
        return apart;
    }

    private static Finding settled(List<Finding> group, int end) {
        Finding surest = group.stream().min(SUREST_FIRST).orElseThrow();
        return new Finding(surest.type(), group.get(0).start(), end, surest.score());
    }

    /**
     * What is left of a finding outside of others.
     *
     * @param apart findings in the order of the text, none overlapping
     * @return in the order of the text; empty if nothing is left
     */
    public static List<Finding> outside(Finding finding, List<Finding> apart) {
        List<Finding> left = new ArrayList<>();
        int position = finding.start();
        for (int i = firstEndingAfter(position, apart); i < apart.size(); i++) {
            Finding other = apart.get(i);
            if (other.start() >= finding.end()) {
                break;
            }
            addPart(left, finding, position, other.start());
            position = other.end();
        }
        addPart(left, finding, position, finding.end());
        return left;
    }

    /** By halves: a text may have a hundred thousand findings, and as many names to hold against them. */
    private static int firstEndingAfter(int position, List<Finding> apart) {
        int low = 0;
        int high = apart.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (apart.get(middle).end() > position) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private static void addPart(List<Finding> parts, Finding whole, int start, int end) {
        if (start < end) {
            parts.add(new Finding(whole.type(), start, end, whole.score()));
        }
    }

    /**
     * The text with something else in the place of each finding.
     *
     * @param apart findings in the order of the text, none overlapping
     */
    public static String replaced(String text, List<Finding> apart, Function<Finding, String> replacement) {
        StringBuilder replaced = new StringBuilder(text.length() + 16 * apart.size());
        int position = 0;
        for (Finding finding : apart) {
            replaced.append(text, position, finding.start()).append(replacement.apply(finding));
            position = finding.end();
        }
        return replaced.append(text, position, text.length()).toString();
    }

    /** How many there are of each type, as evidence: what was found itself is nobody's to read. */
    public static Map<String, Object> counts(Collection<Finding> findings) {
        Map<String, Object> counts = new TreeMap<>();
        findings.forEach(finding -> counts.merge(finding.type(), 1, (known, one) -> (int) known + (int) one));
        return counts;
    }
}
