package dev.guardrails4j.rails.detectors.pattern;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A pattern for RE2/J. */
record LinearSearch(Pattern pattern) implements SearchPattern {

    @Override
    public boolean isLinear() {
        return true;
    }

    @Override
    public boolean isFoundIn(String text, Duration limit) throws InterruptedException {
        SearchPattern.heedInterrupt();
        return pattern.matcher(text).find();
    }

    @Override
    public List<Match> matches(String text, Duration limit) throws InterruptedException {
        List<Match> matches = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        SearchPattern.heedInterrupt();
        while (matcher.find()) {
            if (matcher.end() > matcher.start()) {
                matches.add(new Match(matcher.start(), matcher.end()));
            }
            SearchPattern.heedInterrupt();
        }
        return matches;
    }
}
