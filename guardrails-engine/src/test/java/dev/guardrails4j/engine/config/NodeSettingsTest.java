package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeSettingsTest {

    private static final Trust OPERATOR = new OperatorTrust(name -> Optional.empty(), AllowedHosts.ANY);

    private static NodeSettings rails(String yaml) {
        return new NodeSettings(
                Reading.parse("rails:\n  config:\n" + yaml.indent(4)).config().railSettings(), true, OPERATOR);
    }

    private static NodeSettings section(String yaml) {
        return rails("check:\n" + yaml.indent(2)).section("check");
    }

    @Test
    void readsEveryType() {
        Settings settings = section("""
                text: hello
                names: [a, b]
                one: a
                count: 3
                whole: 3.0
                ratio: 0.5
                strict: yes
                """);

        assertThat(settings.isPresent()).isTrue();
        assertThat(settings.keys()).containsExactly("text", "names", "one", "count", "whole", "ratio", "strict");
        assertThat(settings.string("text")).isEqualTo("hello");
        assertThat(settings.strings("names")).containsExactly("a", "b");
        assertThat(settings.strings("one")).containsExactly("a");
        assertThat(settings.integer("count", 0)).isEqualTo(3);
        assertThat(settings.integer("whole", 0)).isEqualTo(3);
        assertThat(settings.number("ratio", 0)).isEqualTo(0.5);
        assertThat(settings.number("count", 0)).isEqualTo(3);
        assertThat(settings.flag("strict", false)).isTrue();
    }

    @Test
    void givesDefaultsForWhatIsMissingOrEmpty() {
        Settings settings = section("text:\nnames: ~\n");

        assertThat(settings.string("text", "d")).isEqualTo("d");
        assertThat(settings.strings("names", List.of("d"))).containsExactly("d");
        assertThat(settings.integer("count", 7)).isEqualTo(7);
        assertThat(settings.number("ratio", 0.7)).isEqualTo(0.7);
        assertThat(settings.flag("strict", true)).isTrue();
        assertThat(settings.duration("time", Duration.ofSeconds(7))).hasSeconds(7);
        assertThat(settings.section("more").isPresent()).isFalse();
        assertThat(settings.sections("many")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"250ms, 250", "5s, 5000", "2m, 120000", "1.5s, 1500", "3, 3000", "0.25, 250", "10 s, 10000", "0, 0"})
    void readsLengthsOfTime(String written, long millis) {
        assertThat(section("time: " + written).duration("time", Duration.ZERO)).hasMillis(millis);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    5h    | config.yml:4: rails.config.check.time must be a length of time such as 250ms, 5s or 2m (a plain number counts seconds) but is other text
                    -5    | config.yml:4: rails.config.check.time must not be negative
                    .inf  | config.yml:4: rails.config.check.time must be a finite number
                    999999m | config.yml:4: rails.config.check.time must be at most 365 days
                    yes   | config.yml:4: rails.config.check.time must be a length of time such as 250ms, 5s or 2m but is true or false
                    """)
    void refusesWhatIsNoLengthOfTime(String written, String problem) {
        Settings settings = section("time: " + written);

        assertThatThrownBy(() -> settings.duration("time", Duration.ZERO))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage(problem);
    }

    @Test
    void saysWhatIsMissingAndWhatItWouldBe() {
        Settings absent = rails("other: {}").section("competitor_check");

        assertThat(absent.isPresent()).isFalse();
        assertThatThrownBy(() -> absent.strings("names"))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage(
                        "config.yml:2: rails.config.competitor_check.names is missing; set it to a list of strings");
        assertThatThrownBy(() -> section("a: 1").string("name"))
                .hasMessage("config.yml:3: rails.config.check.name is missing; set it to a string");
    }

    @Test
    void saysWhatWasReadAndWhatIsDue() {
        Settings settings = section("""
                a: 5
                b: yes
                c: "3"
                d: {}
                e: [1]
                f: 1.5
                g: 99999999999
                h: .nan
                """);

        assertProblem(
                () -> settings.string("a"),
                "config.yml:4: rails.config.check.a must be a string but is a number; put it in quotes");
        assertProblem(
                () -> settings.string("b"),
                "config.yml:5: rails.config.check.b must be a string but is true or false; put it in quotes (without them"
                        + " YAML reads yes, no, on and off as true or false)");
        assertProblem(
                () -> settings.integer("c", 0),
                "config.yml:6: rails.config.check.c must be a whole number but is a string; write it without quotes");
        assertProblem(
                () -> settings.flag("c", false),
                "config.yml:6: rails.config.check.c must be true or false but is a string; write it without quotes");
        assertProblem(
                () -> settings.strings("d"),
                "config.yml:7: rails.config.check.d must be a string or a list of strings but is a map");
        assertProblem(
                () -> settings.strings("e"),
                "config.yml:8: rails.config.check.e[0] must be a string but is a number; put it in quotes");
        assertProblem(
                () -> settings.integer("f", 0),
                "config.yml:9: rails.config.check.f must be a whole number but has a fraction");
        assertProblem(() -> settings.integer("g", 0), "config.yml:10: rails.config.check.g must be at most 2147483647");
        assertProblem(
                () -> settings.integer("h", 0),
                "config.yml:11: rails.config.check.h must be a whole number but is not even finite");
        assertProblem(() -> settings.number("h", 0), "config.yml:11: rails.config.check.h must be a finite number");
        assertProblem(() -> settings.section("a"), "config.yml:4: rails.config.check.a must be a map but is a number");
        assertProblem(
                () -> settings.sections("a"), "config.yml:4: rails.config.check.a must be a list but is a number");
        assertProblem(
                () -> settings.sections("e"), "config.yml:8: rails.config.check.e[0] must be a map but is a number");
    }

    private static void assertProblem(Runnable reading, String message) {
        assertThatThrownBy(reading::run)
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage(message);
    }

    @Test
    void refusesToReadKeysOfASectionThatIsNoMap() {
        NodeSettings settings =
                new NodeSettings(new ConfigNode("x", "rails.config", new Location("config.yml", 1)), true, OPERATOR);

        assertProblem(settings::keys, "config.yml:1: rails.config must be a map but is a string");
        assertProblem(() -> settings.flag("a", true), "config.yml:1: rails.config must be a map but is a string");
    }

    @Test
    void makesErrorsThatNameThePlace() {
        Settings settings = section("a: 1\nnames: []\n");

        assertThat(settings.error("names", "name at least one"))
                .hasMessage("config.yml:5: rails.config.check.names: name at least one");
        assertThat(settings.error("other", "is due")).hasMessage("config.yml:3: rails.config.check.other: is due");
    }

    @Test
    void reportsKeysThatNobodyReadAtEveryDepth() {
        NodeSettings settings = rails("""
                check:
                  names: [a]
                  treshold: 1
                  input: {patern: x}
                  rules:
                  - {name: a}
                  - {nmae: b}
                chekc: {anything: 1}
                """);
        NodeSettings check = settings.section("check");
        check.strings("names");
        check.number("threshold", 1);
        check.section("input").string("pattern", "");
        check.sections("rules").forEach(rule -> rule.string("name", ""));
        settings.section("other");

        assertThat(settings.unreadKeys())
                .extracting(Problem::toString)
                .containsExactly(
                        "config.yml:5: unknown key 'treshold' in rails.config.check; did you mean 'threshold'?",
                        "config.yml:6: unknown key 'patern' in rails.config.check.input; did you mean 'pattern'?",
                        "config.yml:9: unknown key 'nmae' in rails.config.check.rules[1]; did you mean 'name'?",
                        "config.yml:10: unknown key 'chekc' in rails.config; did you mean 'check'?");
    }

    @Test
    void listsTheKnownKeysWhenNoneIsNear() {
        NodeSettings settings = section("unheard_of: 1");
        settings.flag("strict", false);
        settings.flag("loud", false);

        assertThat(settings.unreadKeys())
                .extracting(Problem::message)
                .containsExactly("unknown key 'unheard_of' in rails.config.check; known keys: loud, strict");
    }

    @Test
    void countsReadingThroughEveryViewOfASection() {
        NodeSettings settings = rails("check: {a: 1, b: 2}");

        settings.section("check").integer("a", 0);
        settings.section("check").integer("b", 0);

        assertThat(settings.unreadKeys()).isEmpty();
    }

    @Test
    void givesTheValuesThatNobodyRead() {
        NodeSettings settings = section("a: 1\nb: {c: [x]}\nd: 2\ne: ~\n");
        settings.integer("d", 0);

        assertThat(settings.unreadValues()).isEqualTo(Map.of("a", 1, "b", Map.of("c", List.of("x"))));
    }

    @ParameterizedTest
    @ValueSource(ints = {8})
    void remembersWhatManyThreadsRead(int threads) throws Exception {
        String yaml = IntStream.range(0, 800).mapToObj("k%d: 1\n"::formatted).reduce("", String::concat);
        NodeSettings settings = section(yaml);
        CyclicBarrier start = new CyclicBarrier(threads);
        Consumer<Integer> reader = first -> {
            try {
                start.await();
                for (int key = first; key < 800; key += threads) {
                    settings.integer("k" + key, 0);
                }
            } catch (Exception failure) {
                throw new IllegalStateException(failure);
            }
        };

        List<Thread> running = IntStream.range(0, threads)
                .mapToObj(first -> new Thread(() -> reader.accept(first)))
                .toList();
        running.forEach(Thread::start);
        for (Thread thread : running) {
            thread.join();
        }

        assertThat(settings.unreadKeys()).isEmpty();
    }
}
