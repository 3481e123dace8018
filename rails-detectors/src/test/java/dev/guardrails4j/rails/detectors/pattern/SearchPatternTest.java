package dev.guardrails4j.rails.detectors.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.rails.detectors.pattern.SearchPattern.Match;
import java.time.Duration;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("patterns that look around or refer back")
class SearchPatternTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @ParameterizedTest
    @ValueSource(strings = {"a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(a)\\1", "(?P<x_1>a)(?P=x_1)"})
    void takeTime(String pattern) throws Exception {
        assertThat(SearchPattern.compile(pattern, false, true).isLinear()).isFalse();
        assertThatThrownBy(() -> SearchPattern.compile(pattern, false, false))
                .isInstanceOf(UnusablePatternException.class)
                .hasMessageContaining("look-around and back-references are not supported here");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "(?:a)", "(?i)a", "(?P<x>a)", "\\\\1", "\\(?=", "[a-z]+$"})
    void othersDoNot(String pattern) throws Exception {
        assertThat(SearchPattern.compile(pattern, false, true).isLinear()).isTrue();
    }

    @ParameterizedTest(name = "{0} in {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
        (?=a)\\w+\\Z | bab | true
        (?=a)a{,2}b | aab | true
        (?=.)[[]x | [x | true
        (?=.)[a&&b]{2} | a& | true
        (?=.)[]x]y | ]y | true
        (?=.)x(?#comment)y | xy | true
        (?=.)x{y | x{y | true
        (?=.)\\d | ٣ | true
        (?=.)\\U0001F600 | 😀 | true
        (?=.)a\\b | a | true
        (?=.)É | é | true
        (?!a)b\\Z | bc | false
        """)
    void areReadAsPythonReadsThem(String pattern, String text, boolean found) throws Exception {
        assertThat(SearchPattern.compile(pattern.replace("\\\\", "\\"), true, true)
                        .isFoundIn(text, LIMIT))
                .isEqualTo(found);
    }

    @Test
    void tellsWhereTheyAre() throws Exception {
        assertThat(SearchPattern.compile("a(?=b)|c*", false, true).matches("abxacc", LIMIT))
                .containsExactly(new Match(0, 1), new Match(4, 6));
        assertThat(SearchPattern.compile("a|c*", false, true).matches("abxacc", LIMIT))
                .containsExactly(new Match(0, 1), new Match(3, 4), new Match(4, 6));
    }

    @Test
    void areRefusedIfTheyAreWrong() {
        assertThatThrownBy(() -> SearchPattern.compile("(?=a", false, true))
                .isInstanceOf(UnusablePatternException.class);
        assertThatThrownBy(() -> SearchPattern.compile("(?=a)" + "(".repeat(9_000), false, true))
                .isInstanceOf(UnusablePatternException.class);
        assertThatThrownBy(() -> SearchPattern.compile("(?=a)" + "b".repeat(10_000), false, true))
                .hasMessageContaining("longer than 10000");
    }

    @Test
    void failWhenATextIsTooDeepForThem() throws Exception {
        SearchPattern pattern = SearchPattern.compile("(?=a)(a|b)*c", false, true);

        assertThatThrownBy(() -> pattern.isFoundIn("ab".repeat(200_000), LIMIT))
                .isInstanceOf(PatternTimeoutException.class);
    }
}
