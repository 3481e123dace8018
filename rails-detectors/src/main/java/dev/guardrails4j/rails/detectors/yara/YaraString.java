package dev.guardrails4j.rails.detectors.yara;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.guardrails4j.rails.detectors.yara.YaraMatch.Region;
import java.util.ArrayList;
import java.util.List;

/**
 * A string of a rule, ready to be looked for. Immutable; safe for use by many threads.
 *
 * @param pattern what it is as a regular expression over bytes
 * @param fullWord whether no letter or digit may stand beside it
 */
record YaraString(Pattern pattern, boolean fullWord) {

    private static final int MOST_REGIONS = 1_000;

    /** Whether it is somewhere. */
    boolean isIn(String bytes) {
        if (!fullWord) {
            return pattern.matcher(bytes).find();
        }
        return !regions(bytes, 1).isEmpty();
    }

    /** Where it is, from left to right, without overlaps; the first thousand. */
    List<Region> regions(String bytes) {
        return regions(bytes, MOST_REGIONS);
    }

    private List<Region> regions(String bytes, int most) {
        List<Region> regions = new ArrayList<>();
        Matcher matcher = pattern.matcher(bytes);
        while (regions.size() < most && matcher.find()) {
            if (matcher.end() > matcher.start() && (!fullWord || isWord(bytes, matcher.start(), matcher.end()))) {
                regions.add(new Region(matcher.start(), matcher.end()));
            }
        }
        return regions;
    }

    private static boolean isWord(String bytes, int start, int end) {
        return (start == 0 || !isAlphanumeric(bytes.charAt(start - 1)))
                && (end == bytes.length() || !isAlphanumeric(bytes.charAt(end)));
    }

    private static boolean isAlphanumeric(char c) {
        return c < 0x80 && Character.isLetterOrDigit(c);
    }
}
