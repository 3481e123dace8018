package dev.guardrails4j.rails.detectors.yara;

import dev.guardrails4j.rails.detectors.pattern.Prefilter;
import dev.guardrails4j.rails.detectors.text.Ascii;
import dev.guardrails4j.rails.detectors.yara.YaraMatch.Region;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * YARA rules, ready to look at texts. A text is looked at as YARA would: as the bytes of its UTF-8. Known are text, regex and
 * hex strings with {@code nocase}, {@code wide}, {@code ascii}, {@code fullword} and {@code private}; conditions of {@code
 * and}, {@code or}, {@code not}, {@code $a}, {@code $a at n}, {@code #a > n}, {@code any|all|none|n of them|($a, $b*)} and
 * earlier rules. Time is linear in the length of the text. Immutable; safe for use by many threads.
 */
public final class YaraRules {

    private static final int LONGEST_SOURCE = 1 << 20;

    private final List<YaraString> strings;
    private final List<YaraRule> rules;
    private final Prefilter prefilter;

    private YaraRules(List<YaraString> strings, List<YaraRule> rules) {
        this.strings = List.copyOf(strings);
        this.rules = List.copyOf(rules);
        this.prefilter = new Prefilter(
                strings.stream().map(string -> string.pattern().pattern()).toList());
    }

    /**
     * Compiles rules.
     *
     * @throws YaraException if they cannot be used
     */
    public static YaraRules compile(String source) throws YaraException {
        if (source.length() > LONGEST_SOURCE) {
            throw new YaraException(1, "the rules are longer than %,d characters".formatted(LONGEST_SOURCE));
        }
        List<YaraString> strings = new ArrayList<>();
        List<YaraRule> rules = new ArrayList<>();
        YaraParser.read(source, strings, rules);
        if (rules.isEmpty()) {
            throw new YaraException(1, "there is no rule");
        }
        return new YaraRules(strings, rules);
    }

    /** The rules that match a text and where, in their order, without private ones. */
    public List<YaraMatch> match(String text) {
        Findings findings = findings(text);
        return matching(findings).stream()
                .map(rule -> new YaraMatch(rule.name(), regions(rule, findings)))
                .toList();
    }

    /** The names of the rules that match a text, in their order, without private ones. */
    public List<String> matching(String text) {
        return matching(findings(text)).stream().map(YaraRule::name).toList();
    }

    private Findings findings(String text) {
        String bytes = bytesOf(text);
        return new Findings(strings, bytes, prefilter.candidates(bytes));
    }

    private List<YaraRule> matching(Findings findings) {
        List<YaraRule> matching = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            YaraRule rule = rules.get(i);
            if (rule.condition().holds(findings)) {
                findings.matched(i);
                if (!rule.isPrivate()) {
                    matching.add(rule);
                }
            } else if (rule.isGlobal()) {
                return List.of();
            }
        }
        return matching;
    }

    private static List<Region> regions(YaraRule rule, Findings findings) {
        List<Region> regions = new ArrayList<>();
        for (int string = rule.firstString(); string < rule.endOfStrings(); string++) {
            regions.addAll(findings.regions(string));
        }
        return regions;
    }

    /** A text without what rules have found in it. */
    public static String without(String text, List<YaraMatch> matches) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        List<Region> regions = matches.stream()
                .flatMap(match -> match.regions().stream())
                .sorted(Comparator.comparingInt(Region::start))
                .toList();
        StringBuilder kept = new StringBuilder();
        int at = 0;
        for (Region region : regions) {
            if (region.start() > at) {
                kept.append(new String(bytes, at, region.start() - at, StandardCharsets.UTF_8));
            }
            at = Math.max(at, region.end());
        }
        return kept.append(new String(bytes, at, bytes.length - at, StandardCharsets.UTF_8))
                .toString();
    }

    /** A string with a character for each byte; the same string if all are ASCII. */
    private static String bytesOf(String text) {
        return Ascii.isAll(text)
                ? text
                : new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
