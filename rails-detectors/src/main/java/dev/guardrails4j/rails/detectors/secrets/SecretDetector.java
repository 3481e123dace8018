package dev.guardrails4j.rails.detectors.secrets;

import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.rails.detectors.text.Findings;
import dev.guardrails4j.rails.detectors.text.TermSearch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;

/**
 * Finds secrets in a text: one pass for the fixed texts that they begin with, and a bounded look at each place where one
 * stands. Takes time linear in the text. Immutable; safe for use by many threads.
 */
public final class SecretDetector {

    private static final String ASSIGNED = "ASSIGNED_SECRET";
    private static final int LONGEST = 16_384;

    private final Set<String> types;
    private final Set<String> allowed;
    private final Map<String, List<SecretFormat>> byAnchor = new HashMap<>();
    private final TermSearch anchors;
    private final AssignedSecrets assigned = new AssignedSecrets();

    /**
     * A detector for some kinds of secrets.
     *
     * @param types of {@link #knownTypes()}
     * @param allowed texts that are never found
     */
    public SecretDetector(Set<String> types, Set<String> allowed) {
        this.types = Set.copyOf(types);
        this.allowed = Set.copyOf(allowed);
        SecretFormats.all().stream()
                .filter(format -> types.contains(format.type()))
                .forEach(format -> format.anchors()
                        .forEach(anchor -> byAnchor.computeIfAbsent(anchor, it -> new ArrayList<>())
                                .add(format)));
        this.anchors = new TermSearch(byAnchor.keySet(), true, false);
    }

    /** The kinds that are known, in alphabetical order. */
    public static Set<String> knownTypes() {
        Set<String> types = new TreeSet<>();
        SecretFormats.all().forEach(format -> types.add(format.type()));
        types.add(ASSIGNED);
        return types;
    }

    /**
     * Finds all there is.
     *
     * @return in the order of the text, none overlapping
     * @throws InterruptedException if the thread was interrupted
     */
    public List<Finding> find(String text) throws InterruptedException {
        return find(text, text);
    }

    /** @param read the same text, for patterns to read */
    List<Finding> find(String text, CharSequence read) throws InterruptedException {
        List<Finding> found = new ArrayList<>();
        RunsOfCharacters runs = new RunsOfCharacters(text, SecretDetector::isInRun);
        int[] past = {0};
        anchors.search(text, (anchor, start, end) -> {
            // What stands within a secret that was found is part of it.
            if (start >= past[0] && begins(text, start) && runs.mayLook(start)) {
                byAnchor.getOrDefault(anchor, List.of())
                        .forEach(format -> find(format, read, start, finding -> {
                            found.add(finding);
                            past[0] = Math.max(past[0], finding.end());
                        }));
            }
            return !Thread.currentThread().isInterrupted();
        });
        if (types.contains(ASSIGNED)) {
            assigned.find(text, read, found::add);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted between two secrets");
        }
        found.removeIf(finding -> allowed.contains(text.substring(finding.start(), finding.end())));
        return found.isEmpty() ? List.of() : Findings.apart(found);
    }

    private static void find(SecretFormat format, CharSequence text, int start, Consumer<Finding> found) {
        Matcher matcher = format.pattern().matcher(text);
        matcher.region(start, Math.min(text.length(), start + LONGEST))
                .useTransparentBounds(true)
                .useAnchoringBounds(false);
        if (!matcher.lookingAt()) {
            return;
        }
        boolean part = format.pattern().pattern().contains("(?<secret>");
        int from = part ? matcher.start("secret") : start;
        int to = part ? matcher.end("secret") : matcher.end();
        if (format.check().test(text.subSequence(from, to).toString())) {
            found.accept(new Finding(format.type(), from, to, 1));
        }
    }

    /** An anchor of letters begins a word; the others stand where they like. */
    private static boolean begins(String text, int start) {
        return start == 0
                || !isTokenCharacter(text.charAt(start))
                || !isTokenCharacter(text.charAt(start - 1))
                || text.regionMatches(true, start, "uthorization", 0, "uthorization".length());
    }

    private static boolean isInRun(int c) {
        return c == '-' || isTokenCharacter((char) c);
    }

    private static boolean isTokenCharacter(char c) {
        return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') || c == '_';
    }
}
