package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class YamlLimitsTest {

    private final Problems problems = new Problems();

    private ConfigNode read(String yaml) {
        return new YamlReader(problems)
                .read("a.yml", yaml)
                .orElseThrow(() -> new AssertionError("unreadable: " + problems.inOrder()));
    }

    private List<String> refusal(String yaml) {
        assertThat(new YamlReader(problems).read("a.yml", yaml)).isEmpty();
        return Reading.texts(problems.inOrder());
    }

    @Test
    void refusesNumbersThatAreTooLongToConvert() {
        read("a: " + "1".repeat(65));

        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .containsExactly("a.yml:1: a is a number of more than 64 digits");
    }

    @Test
    void refusesDeepNesting() {
        assertThat(refusal("[".repeat(60) + "]".repeat(60))).containsExactly("a.yml: nested deeper than 50 levels");
        assertThat(plainDepth(50)).isEqualTo(50);
    }

    private int plainDepth(int depth) {
        ConfigNode node = new YamlReader(new Problems())
                .read("a.yml", "[".repeat(depth) + "]".repeat(depth))
                .orElseThrow();
        int found = 1;
        while (!node.items().isEmpty()) {
            node = node.items().get(0);
            found++;
        }
        return found;
    }

    @Test
    void refusesNestingThatOnlyAliasesMakeDeep() {
        String deep = IntStream.range(1, 10)
                .mapToObj(index ->
                        "k%d: &a%d %s*a%d%s%n".formatted(index, index, "[".repeat(40), index - 1, "]".repeat(40)))
                .collect(Collectors.joining());

        assertThat(refusal("k0: &a0 [1]\n" + deep)).containsExactly("a.yml:2: nested deeper than 50 levels");
    }

    @Test
    void refusesManyAliases() {
        String aliases = "a: &a [1]\nb: [" + "*a, ".repeat(51) + "]\n";

        assertThat(refusal(aliases)).containsExactly("a.yml: more than 50 aliases of lists and maps");
    }

    @Test
    void refusesAnAliasBombThatKeepsTheLimitOfAliases() {
        String bomb = IntStream.range(1, 8)
                .mapToObj(level -> "k%d: &a%d [%s]%n".formatted(level, level, ("*a" + (level - 1) + ", ").repeat(7)))
                .collect(Collectors.joining());

        assertThat(refusal("k0: &a0 [1]\n" + bomb))
                .singleElement()
                .asString()
                .endsWith("too large once its aliases are expanded; use fewer aliases or several files");
    }

    @Test
    void refusesATreeWhosePathsTakeTooMuchMemory() {
        String key = "k".repeat(250);
        String deep = IntStream.range(0, 40)
                        .mapToObj(depth -> " ".repeat(depth) + key + ":\n")
                        .collect(Collectors.joining())
                + " ".repeat(41) + "[" + "1,".repeat(50_000) + "]";

        assertThat(refusal(deep)).singleElement().asString().contains("too large");
    }

    @Test
    void refusesKeysThatAreTooLongOrNoLine() {
        assertThat(refusal("? " + "k".repeat(257) + "\n: 1"))
                .containsExactly("a.yml:1: a key must not be longer than 256 characters");
        assertThat(new YamlReader(problems).read("b.yml", "\"a\\e[31m\": 1")).isEmpty();
        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .contains("b.yml:1: a key must not hold line breaks or other control characters");
    }

    @Test
    void refusesHugeTextsBeforeTheyAreParsed() {
        assertThat(refusal("a: " + "b".repeat(YamlReader.MAX_CODE_POINTS)))
                .containsExactly("a.yml: longer than 262144 characters; split it into several files");
    }

    @Test
    void readsATextOfTheLargestSize() {
        String largest = "a: " + "\uD83D\uDE00".repeat(YamlReader.MAX_CODE_POINTS - 3);

        assertThat(read(largest).entries()).containsOnlyKeys("a");
    }

    @Test
    void neverThrowsWhateverTheTextIs() {
        String[] parts = {
            "a: ",
            "b",
            "- ",
            "\n",
            "  ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&x ",
            "*x",
            "<<: ",
            "!!int ",
            "!t ",
            "\"",
            "'",
            "\\U",
            "ffffffff",
            "|\n",
            ">-\n",
            "? ",
            "---\n",
            "...\n",
            "%YAML 1.1\n",
            "0b",
            "1:60",
            "-",
            ".inf",
            "\t",
            "#",
            "\u0085",
            "\u2028",
            "~",
            "\uD800"
        };
        Random random = new Random(20260101);
        for (int round = 0; round < 20_000; round++) {
            String text = random.ints(random.nextInt(12), 0, parts.length)
                    .mapToObj(part -> parts[part])
                    .collect(Collectors.joining());
            Problems found = new Problems();

            boolean read = new YamlReader(found).read("a.yml", text).isPresent();

            assertThat(read || !found.inOrder().isEmpty()).as(text).isTrue();
        }
    }
}
