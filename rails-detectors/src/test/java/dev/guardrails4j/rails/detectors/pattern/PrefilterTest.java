package dev.guardrails4j.rails.detectors.pattern;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefilterTest {

    private static boolean isCandidate(String regex, String text) {
        return new Prefilter(List.of(regex)).candidates(text).get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "abc ~ xabcx",
                "(?i)abc ~ xABCx",
                "AB(c|d)+e ~ ABdcde",
                "\\bfoo\\s*=\\s*[0-9]{2,4}$ ~ foo =  12",
                "(?is:select .* from) ~ SELECT a FROM",
                "(?P<name>foo)|bar ~ a bar",
                "[^a-z]x ~ Ax",
                "[\\w.-]+@ ~ a.b-c@",
                "[]x]y ~ ]y",
                "\\x41\\x{42}c ~ ABc",
                "[\\x41-\\x43]9 ~ B9",
                "a{3} ~ xaaax",
                "a{,3}b ~ `a{,3}b`",
                "a{6,}b ~ aaaaaab",
                "\\p{Lu}\\pL9 ~ Zz9",
                "(a|)b ~ b",
                "x.y ~ x\uD83D\uDE00y",
                "(?i)straSSe ~ stra\u017fse",
                "(?i)\u00c9t ~ \u00e9T",
                "caf\u00e9 ~ ein caf\u00e9",
                "ignore.{0,5}all ~ ignore12345all",
                "ignore.{0,3}all ~ ignore\uD83D\uDE00\uD83D\uDE00\uD83D\uDE00all",
                "a.*b.*c ~ xxa--b--c",
                "(\\w+ ){0,2}end ~ so the end",
                "x(\\w+ )*y?z ~ xab cd z",
                ".*a ~ a",
                "a(b.{4,9}c|d)e ~ ab12345ce",
            })
    void neverMissesWhatIsThere(String regex, String text) {
        assertThat(Pattern.compile(regex).matcher(text).find()).isTrue();

        assertThat(isCandidate(regex, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "abc ~ ab c",
                "foo\\s*=\\s*[0-9] ~ foo = x",
                "['\"]\\s*(or|and)\\s ~ this or that and 'so on'",
                "<script[^>]{0,20}>x ~ <script> y",
                "\\d{4,8}- ~ 123-4",
                "a|b ~ cd",
                "[^0-8]9 ~ 89",
                "ignore.{0,5}all ~ ignore12345678901234567890all",
                "ignore.{0,5}all ~ all ignore",
                "a[^<]*b.*c ~ c b a",
            })
    void passesOverWhatCannotBeThere(String regex, String text) {
        assertThat(isCandidate(regex, text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a*", "(foo|)", "\\Qa.b\\E", "[[:alpha:]]9", "((((", "a**"})
    void takesWhatItCannotReadForACandidate(String regex) {
        assertThat(isCandidate(regex, "z")).isTrue();
    }

    @Test
    void tellsPatternsApart() {
        Prefilter prefilter = new Prefilter(List.of("one", "\\Qtwo\\E", "three", "t[a-z]+e"));

        assertThat(prefilter.candidates("three times").stream().boxed()).containsExactly(1, 2, 3);
        assertThat(prefilter.candidates("one").stream().boxed()).containsExactly(0, 1);
    }

    /** The shapes are wider than their patterns, never narrower: held against the engine, by lot but always the same. */
    @Test
    void neverMissesWhatTheEngineFinds() {
        Random lot = new Random(7);
        int found = 0;
        for (int round = 0; round < 3_000; round++) {
            String regex = regex(lot, 3);
            String text = text(lot);
            if (Pattern.compile(regex).matcher(text).find()) {
                found++;
                assertThat(isCandidate(regex, text)).as("%s in %s", regex, text).isTrue();
            }
        }
        assertThat(found).isGreaterThan(500);
    }

    private static String regex(Random lot, int depth) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i <= lot.nextInt(4); i++) {
            String part = depth > 0 && lot.nextInt(3) == 0
                    ? "(?:" + regex(lot, depth - 1) + "|" + regex(lot, depth - 1) + ")"
                    : List.of("a", "B", "[ab]", "[^a]", "\\d", "\\w", "\\s", ".", "\\b", "[a-c1-3]", "=")
                            .get(lot.nextInt(11));
            regex.append(part)
                    .append(
                            part.equals("\\b")
                                    ? ""
                                    : List.of("", "", "", "*", "+?", "?", "{2}", "{1,3}", "{5,}", "{0,5}", "{4,}")
                                            .get(lot.nextInt(11)));
        }
        return lot.nextInt(4) == 0 ? "(?i)" + regex : regex.toString();
    }

    private static String text(Random lot) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            text.append("aAbBcC123 =\n\u00e9".charAt(lot.nextInt(13)));
        }
        return text.toString();
    }

    /** Each of its places may begin the pattern, so that any of very many states may come next. */
    @Test
    void takesAllForCandidatesWhereATextNeedsTooManyStates() {
        List<String> regexes = new ArrayList<>(List.of("never"));
        for (int i = 0; i < 40; i++) {
            regexes.add("[ab]*a" + "[ab]".repeat(3) + "(?:[ab][ab]){%d}c".formatted(2 + i % 3)
                    + "x".repeat(1 + i % 7)
                    + "[ab]?".repeat(300));
            regexes.add("a" + "[ab]".repeat(200) + "d");
        }
        Random lot = new Random(1);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append(lot.nextBoolean() ? 'a' : 'b');
        }

        Prefilter prefilter = new Prefilter(regexes);

        assertThat(prefilter.candidates(text.toString()).get(0)).isTrue();
        assertThat(prefilter.candidates("aab").get(0)).isFalse();
    }

    @Test
    void servesManyThreads() throws Exception {
        Prefilter prefilter = new Prefilter(List.of("foo[0-9]+bar", "[a-f]{3}9", "x.*y"));
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try {
            CountDownLatch start = new CountDownLatch(1);
            List<Future<?>> results = new ArrayList<>();
            for (int thread = 0; thread < 8; thread++) {
                int seed = thread;
                results.add(threads.submit(() -> {
                    start.await();
                    Random lot = new Random(seed);
                    for (int i = 0; i < 500; i++) {
                        String text = text(lot) + "foo" + i + "bar" + text(lot) + "abc9";
                        assertThat(prefilter.candidates(text).stream().boxed()).containsExactly(0, 1);
                    }
                    return null;
                }));
            }
            start.countDown();
            for (Future<?> result : results) {
                result.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
