package dev.guardrails4j.rails.detectors.url;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** Tells labels of a host name that are made to be taken for others. */
final class LookAlikes {

    /** Cyrillic and Greek letters that look like Latin ones. */
    private static final String LIKE_LATIN =
            "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0458\u0455\u0501\u04bb\u051b\u051d\u04cf\u0261\u03bf\u03bd\u03c1\u03b9\u03ba\u03b1\u0251\u0131";

    /** Scripts that are written together. */
    private static final Set<UnicodeScript> EAST_ASIAN = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.BOPOMOFO,
            UnicodeScript.HANGUL);

    private LookAlikes() {}

    /** Whether a label mixes scripts that are not written together, or only pretends to be Latin. */
    static boolean isDeceptive(String label) {
        Set<UnicodeScript> scripts = EnumSet.noneOf(UnicodeScript.class);
        boolean onlyLookAlikes = true;
        for (int i = 0; i < label.length(); ) {
            int c = label.codePointAt(i);
            i += Character.charCount(c);
            UnicodeScript script = UnicodeScript.of(c);
            if (script != UnicodeScript.COMMON && script != UnicodeScript.INHERITED) {
                scripts.add(script);
            }
            onlyLookAlikes &= c < 0x80 ? !Character.isLetter(c) : LIKE_LATIN.indexOf(c) >= 0;
        }
        if (scripts.isEmpty()) {
            return false;
        }
        Set<UnicodeScript> others = EnumSet.copyOf(scripts);
        others.removeAll(EAST_ASIAN);
        boolean isEastAsian = others.size() < scripts.size();
        others.remove(UnicodeScript.LATIN);
        boolean mixed = isEastAsian ? !others.isEmpty() : scripts.size() > 1;
        return mixed || (onlyLookAlikes && !scripts.contains(UnicodeScript.LATIN));
    }
}
