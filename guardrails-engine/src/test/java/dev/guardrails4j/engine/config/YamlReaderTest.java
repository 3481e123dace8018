package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class YamlReaderTest {

    private final Problems problems = new Problems();

    private ConfigNode read(String yaml) {
        return new YamlReader(problems)
                .read("a.yml", yaml)
                .orElseThrow(() -> new AssertionError("unreadable: " + problems.inOrder()));
    }

    private Object plain(String yaml) {
        Object plain = read(yaml).toPlainValue();
        assertThat(problems.inOrder()).isEmpty();
        return plain;
    }

    private List<String> refusal(String yaml) {
        assertThat(new YamlReader(problems).read("a.yml", yaml)).isEmpty();
        return Reading.texts(problems.inOrder());
    }

    @Test
    void readsScalarsAsYaml11Does() {
        Object plain = plain("""
                flags: [yes, on, True, no, off, FALSE]
                numbers: [12, 012, 0x1f, 1_000, 1.5, -.5, 1e3, 12345678901]
                nothing: [~, null, ]
                texts: [2001-01-01, "yes", 'no', y, 1.2.3, "12", =]
                """);

        assertThat(plain)
                .isEqualTo(Map.of(
                        "flags", List.of(true, true, true, false, false, false),
                        "numbers", List.of(12, 10, 31, 1000, 1.5, -.5, 1000.0, 12345678901L),
                        "nothing", Arrays.asList(null, null),
                        "texts", List.of("2001-01-01", "yes", "no", "y", "1.2.3", "12", "=")));
    }

    @Test
    void readsKeysThatAreNoStringsAsTheirText() {
        assertThat(plain("{1: a, true: b, 2.50: c, ~: d}"))
                .isEqualTo(Map.of("1", "a", "true", "b", "2.50", "c", "~", "d"));
    }

    @Test
    void knowsPathAndLineOfEveryValue() {
        ConfigNode flows = read("""
                        # a comment
                        rails:
                          input:
                            flows:
                              - first
                              - second
                        """)
                .entries()
                .get("rails")
                .entries()
                .get("input")
                .entries()
                .get("flows");

        assertThat(flows.path()).isEqualTo("rails.input.flows");
        assertThat(flows.location()).hasToString("a.yml:4");
        assertThat(flows.items().get(1).path()).isEqualTo("rails.input.flows[1]");
        assertThat(flows.items().get(1).location()).hasToString("a.yml:6");
    }

    @Test
    void readsAnEmptyDocumentAsNothing() {
        assertThat(read("# only a comment\n").isNull()).isTrue();
        assertThat(read("").isNull()).isTrue();
    }

    @Test
    void ignoresAByteOrderMark() {
        assertThat(plain("\uFEFFa: 1")).isEqualTo(Map.of("a", 1));
    }

    @Test
    void followsMergeKeysOwnEntriesFirst() {
        Object plain = plain("""
                base: &base {a: 1, b: 1}
                other: &other {b: 2, c: 2}
                one: {<<: *base, b: own}
                two:
                  <<: [*base, *other]
                """);

        assertThat(plain)
                .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
                .containsEntry("one", Map.of("a", 1, "b", "own"))
                .containsEntry("two", Map.of("a", 1, "b", 1, "c", 2));
    }

    @Test
    void namesBothLinesOfADuplicateKey() {
        read("models: []\nrails: {}\nmodels: []\n");

        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .containsExactly("a.yml:3: key 'models' is written twice, here and in line 1; keep one of them");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    'a: [1'                     | a.yml:1: not valid YAML: expected ',' or ']', but got <stream end>
                    'a: b: c'                   | a.yml:1: not valid YAML: mapping values are not allowed here
                    'a: "b'                     | a.yml:1: not valid YAML: found unexpected end of stream
                    'a: %b'                     | a.yml:1: not valid YAML: found character '%' that cannot start any token. (Do not use % for indentation)
                    'a: *b'                     | a.yml:1: not valid YAML: found undefined alias b
                    'a: {{ b }}'                | a.yml:1: a key must be text but is a list or a map; put a value that begins with { in quotes
                    'a: &b [*b]'                | a.yml:1: this alias contains itself; write the values out
                    'a: "\\x"'                  | a.yml:1: not valid YAML: expected escape sequence of 2 hexadecimal numbers, but found: "
                    """)
    void saysWhereAndWhyADocumentIsNoYaml(String yaml, String problem) {
        assertThat(refusal(yaml)).containsExactly(problem);
    }

    @Test
    void saysInWhichLineTheBrokenPartBegan() {
        assertThat(refusal("a:\n  - 1\n  - 2\n b: 3\n"))
                .containsExactly("a.yml:4: not valid YAML: expected <block end>, but found '<block mapping start>'"
                        + " (while parsing a block mapping that begins in line 1)");
    }

    @Test
    void refusesASecondDocument() {
        assertThat(refusal("a: 1\n---\nb: 2\n"))
                .containsExactly("a.yml:2: not valid YAML: but found another document"
                        + " (expected a single document in the stream that begins in line 1)");
    }

    @Test
    void namesTheLineOfACharacterThatIsNotAllowed() {
        assertThat(refusal("a: 1\nb: \u0007\n"))
                .containsExactly("a.yml:2: not valid YAML: the character with the code 7 is not allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    !!python/object/apply:os.system ['id'] | not valid YAML: Global tag is not allowed: tag:yaml.org,2002:python/object/apply:os.system
                    !!java.net.URL ["http://x"]            | not valid YAML: Global tag is not allowed: tag:yaml.org,2002:java.net.URL
                    !local {a: 1}                          | the YAML tag !local is not supported; remove it
                    !!set {a}                              | the YAML tag tag:yaml.org,2002:set is not supported; remove it
                    """)
    void buildsNothingThatADocumentNames(String value, String problem) {
        new YamlReader(problems).read("a.yml", "a: " + value);

        assertThat(problems.inOrder()).extracting(Problem::toString).containsExactly("a.yml:1: " + problem);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    !!binary aGk=   | a.yml:1: a has the YAML tag tag:yaml.org,2002:binary, which is not supported; remove it
                    !!int x         | a.yml:1: a is tagged as a number but is none
                    !!int ''        | a.yml:1: a is tagged as a number but is none
                    !!float '-'     | a.yml:1: a is tagged as a number but is none
                    !!bool maybe    | a.yml:1: a is tagged as true or false but is neither
                    """)
    void refusesScalarsThatAreNotWhatTheirTagSays(String value, String problem) {
        read("a: " + value);

        assertThat(problems.inOrder()).extracting(Problem::toString).containsExactly(problem);
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
