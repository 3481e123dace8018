package dev.guardrails4j.rails.detectors.yara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class YaraRulesTest {

    @Test
    void namesTheRulesThatMatchAndWhere() throws YaraException {
        YaraRules rules = YaraRules.compile("""
            rule greeting : friendly {
                meta:
                    author = "us"
                    version = 2
                strings:
                    $hello = "hello" nocase
                    $number = /[0-9]{3}/
                condition:
                    any of them
            }
            rule farewell { strings: $bye = "bye" condition: $bye }
            """);

        assertThat(rules.match("HELLO 123"))
                .containsExactly(
                        new YaraMatch("greeting", List.of(new YaraMatch.Region(0, 5), new YaraMatch.Region(6, 9))));
        assertThat(rules.match("good morning")).isEmpty();
    }

    @Test
    void takesOutWhatWasFoundBetweenCharactersOfManyBytes() throws YaraException {
        YaraRules rules = YaraRules.compile("rule r { strings: $a = \"cat\" $b = \"tca\" condition: any of them }");
        String text = "\u00e9cat\uD83D\uDE00catcat\u00e9";

        assertThat(YaraRules.without(text, rules.match(text))).isEqualTo("\u00e9\uD83D\uDE00\u00e9");
    }

    @Test
    void hidesPrivateRulesAndHeedsGlobalOnes() throws YaraException {
        YaraRules rules = YaraRules.compile("""
            private rule base { strings: $a = "a" condition: $a }
            global rule short { strings: $z = "z" condition: not $z }
            rule both { condition: base }
            """);

        assertThat(rules.match("a")).extracting(YaraMatch::rule).containsExactly("short", "both");
        assertThat(rules.match("az")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "rule r { condition: $a }                                             | no string '$a'",
                "rule r { strings: $a = \"x\" xor condition: $a }                      | modifier 'xor' is not"
                        + " supported",
                "rule r { strings: $a = /x/ wide condition: $a }                      | wide is supported for texts"
                        + " only",
                "rule r { strings: $a = /(/ condition: $a }                           | unusable regular expression",
                "rule r { strings: $a = /((a{900}){900}){900}/ condition: $a }        | unusable regular expression",
                "rule r { strings: $a = /x/x condition: $a }                          | unknown flags 'x'",
                "rule r { strings: $a = { 4 } condition: $a }                         | a hex string is not of bytes",
                "rule r { strings: $a = { 41 [5-2] 42 } condition: $a }               | a jump of a hex string",
                "rule r { strings: $a = \"x condition: $a }                           | a string does not end",
                "rule r { strings: $a = \"x\" condition: filesize < 3 }                | 'filesize' is no earlier rule",
                "rule r { strings: $a = \"x\" condition: 1 of ($b*) }                  | no string begins with '$b'",
                "rule r { strings: $a = \"x\" $a = \"y\" condition: $a }               | not a new name",
                "rule r { condition: true } rule r { condition: true }                | two rules 'r'",
                "rule r { condition: true                                             | expected '}', not the end",
                "import                                                               | expected 'rule'"
            })
    void saysWhatIsWrongWithRules(String source, String problem) {
        assertThatThrownBy(() -> YaraRules.compile(source))
                .isInstanceOf(YaraException.class)
                .hasMessageContaining("line 1: ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "// nothing"})
    void refusesToBeWithoutRules(String source) {
        assertThatThrownBy(() -> YaraRules.compile(source)).hasMessageContaining("there is no rule");
    }

    @Test
    void tellsTheLine() {
        assertThatThrownBy(() -> YaraRules.compile("/* two\nlines */\nrule r\n{\n  strings:\n    $a = nothing\n"))
                .hasMessageContaining("line 6: expected a text");
    }

    @Test
    void refusesConditionsThatAreNestedTooDeep() {
        assertThatThrownBy(() -> YaraRules.compile(
                        "rule r { condition: " + "(".repeat(5_000) + "true" + ")".repeat(5_000) + " }"))
                .hasMessageContaining("nested deeper");
        assertThatThrownBy(() -> YaraRules.compile("rule r { condition: " + "not ".repeat(5_000) + "true }"))
                .hasMessageContaining("nested deeper");
    }
}
