package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
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
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
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
}
