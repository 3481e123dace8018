package dev.guardrails4j.rails.detectors.pattern;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The expectations of {@link #readsPatternsAsPythonDoes} were taken from Python 3.11's {@code re.search}. */
@DisplayName("patterns, contract config-and-rails 4.8")
class PythonPatternTest {

    @ParameterizedTest(name = "{0} in [{1}]: {2}")
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            ignoreLeadingAndTrailingWhitespace = false,
            value = {
                "secret~top secrets~true",
                "^secret~a secret~false",
                "sec.et~sec\\net~false",
                "ignore\\s+all~ignore\u00a0all~true",
                "ignore\\s+all~ignore\u2003\\013all~true",
                "a\\sb~a\\034b~true",
                "a\\sb~a\u200bb~false",
                "^\\d{4}$~\uff14\u0661\u09674~true",
                "\\D~\u0664~false",
                "^\\w+$~пароль~true",
                "^\\w+$~e\u0301~false",
                "\\W~ß~false",
                "\\S~\u00a0~false",
                "[\\d.]+x~\u0663x~true",
                "^[\\w-]+$~naïve-é~true",
                "^[\\w.-]+$~é.b-~true",
                "[^\\w]~é~false",
                "[^\\s]~\u00a0~false",
                "^[\\s\\S]$~\u00a0~true",
                "^[\\s-]+$~\u00a0-~true",
                "^[\\D]$~4~false",
                "end$~the end\\n~true",
                "end$~the end\\n\\n~false",
                "end$~the end\\r\\n~false",
                "(?m)end$~end\\nnot~true",
                "^$~\\n~true",
                "a[$]~a$~true",
                "a\\$~a$~true",
                "a\\$~a\\n~false",
                "end\\Z~the end\\n~false",
                "end\\Z~the end~true",
                "^a{,3}$~aaa~true",
                "^a{,3}$~aaaa~false",
                "^a{,}$~aaaa~true",
                "^a{2}$~aa~true",
                "^a{2,}$~aaaa~true",
                "^a{2,3}$~aaaa~false",
                "a{x}~a{x}~true",
                "a{~a{~true",
                "a{}~a{}~true",
                "^\\u00e9$~é~true",
                "^[\\u00e0-\\u00ff]$~é~true",
                "^\\U0001f600$~😀~true",
                "^.$~😀~true",
                "^[😀-😅]$~😃~true",
                "a(?#comment $ )b~ab~true",
                "[[:alpha:]]~x]~false",
                "[[:alpha:]]~a]~true",
                "^[]a]+$~a]~true",
                "^[^]a]$~b~true",
                "^[a\\]]+$~a]~true",
                "a[\\b]c~a\\bc~true",
                "\\bcat\\b~a cat sat~true",
                "\\bcat\\b~concatenate~false",
                "(?P<year>\\d{4})-\\d\\d~on 2024-05~true",
                "(?i:sEcret)~SECRET~true",
                "(?s)a.b~a\\nb~true",
                "^(?:a|b)*$~abab~true",
                "^(a|bc){2}$~abc~true",
                "a\\{2\\}~a{2}~true",
                "\\t\\n~\\t\\n~true",
                "\\x41~A~true",
                "^é{2}$~éé~true",
                "x*~y~true",
                "\\\\d~\\\\d~true",
                "<script\\b[^>]*>~<SCRIPT>~false",
                "<script\\b[^>]*>~a <script src=x>~true"
            })
    void readsPatternsAsPythonDoes(String pattern, String text, boolean found) throws Exception {
        assertThat(finds(pattern, unescape(text))).isEqualTo(found);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a(?=b)", "a(?!b)", "(?<=a)b", "(?<!a)b", "(a)\\1", "(?P<x>a)(?P=x)"})
    void saysWhyLookAroundAndBackReferencesAreNotSupported(String pattern) {
        assertThatThrownBy(() -> PythonPattern.compile(pattern, false))
                .isInstanceOf(UnusablePatternException.class)
                .hasMessageContaining("look-around and back-references are not supported")
                .hasMessageContaining("linear time");
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", ")", "[a", "a**", "*a", "a{2}{3}", "\\", "(?x) a", "[b-a]", "\\u12", "(?P<n>a", "[^]"})
    void refusesPatternsThatAreWrong(String pattern) {
        assertThatThrownBy(() -> PythonPattern.compile(pattern, false)).isInstanceOf(UnusablePatternException.class);
    }

    @Test
    void refusesAPatternThatWouldMatchEveryText() {
        assertThatThrownBy(() -> PythonPattern.compile("", false)).hasMessageContaining("is empty");
    }

    @Test
    void refusesAPatternThatIsTooLong() {
        assertThatThrownBy(() -> PythonPattern.compile("a".repeat(10_001), false))
                .hasMessageContaining("longer than");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(?:(?:(?:a{100}){100}){100}){100}",
                "(((a{,100}){10,}){1000})",
                "([a-z]{100}|b){,1000}"
            })
    void refusesRepetitionsThatWouldTakeAllMemory(String pattern) {
        assertThatThrownBy(() -> PythonPattern.compile(pattern, false)).hasMessageContaining("multiply");
    }

    @Test
    void refusesGroupsThatWouldOverflowTheStack() {
        String pattern = "(".repeat(4_000) + "a" + ")".repeat(4_000);

        assertThatThrownBy(() -> PythonPattern.compile(pattern, false)).hasMessageContaining("nested deeper");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\bпароль\\b", "\\b(?:secret|sécret)", "[äöü]\\B", "\\b\\u043f", "\\bx\\U0001d7d8"})
    void refusesWordBoundariesBesideLettersTheyDoNotKnow(String pattern) {
        assertThatThrownBy(() -> PythonPattern.compile(pattern, false)).hasMessageContaining("ASCII words only");
    }

    @Test
    void suggestsAWordBoundaryThatWorks() throws Exception {
        String pattern = "(?:^|[^\\p{L}\\p{N}_])пароль(?:$|[^\\p{L}\\p{N}_])";

        assertThat(finds(pattern, "это пароль.")).isTrue();
        assertThat(finds(pattern, "пароль")).isTrue();
        assertThat(finds(pattern, "паролька")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"\\Q$a.b\\E{2},$a.bb", "\\x{41}\\x{42}{2},ABB", "\\p{Greek}{3},αβγ", "\\pL\\PL,a1"})
    void leavesTheSyntaxOfRe2Alone(String pattern, String text) throws Exception {
        assertThat(finds(pattern, text)).isTrue();
    }

    private static boolean finds(String pattern, String text) throws UnusablePatternException {
        return PythonPattern.compile(pattern, false).matcher(text).find();
    }

    private static String unescape(String text) {
        return text.translateEscapes();
    }
}
