package dev.guardrails4j.rails.detectors.injection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InjectionDetectionRailTest {

    @TempDir
    private Path folder;

    /** Contract "config and rails" 4.6. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "sqli     ~ ' OR 1 = 1",
                "sqli     ~ SELECT * FROM users; -- malicious comment",
                "code     ~ __import__('subprocess').run('touch /tmp/pwnd', shell=True)",
                "template ~ {{self.__init__.__globals__.__builtins__.__import__('os').popen('id').read()}}",
                "xss      ~ <script>alert('xss')</script>"
            })
    void blocksTheVectorsOfTheContract(String rule, String text) throws Exception {
        Verdict verdict = harness(Map.of("injections", List.of(rule))).check(Stage.OUTPUT, text);

        assertThat(verdict).isInstanceOfSatisfying(Verdict.Block.class, block -> {
            assertThat(block.refusal())
                    .contains("I'm sorry, the desired output triggered rule(s) designed to mitigate exploitation of "
                            + rule + ".");
            assertThat(block.evidence()).containsEntry("rules", List.of(rule));
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "admin' #",
                "') --",
                "\"^\"",
                "' or ''&'",
                "\") or (\"x\")=(\"x",
                " or true",
                "' and a='a",
                "' or '1\u2032='1",
                "admin' and substring(password/text(),1,1)='7"
            })
    void blocksWhatOnlyLeavesAQuotation(String text) throws Exception {
        assertThat(harness(Map.of("injections", List.of("sqli"))).check(Stage.OUTPUT, text))
                .isInstanceOf(Verdict.Block.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "It is 'a' or 'b'.",
                "SELECT name FROM users WHERE name = 'x' AND LENGTH(name) > 3",
                "Set it to 'on' and mode='fast' before you start.",
                "The 'C#' and 'F#' books, the boys' # and so on",
                "true or true"
            })
    void leavesQuotationsAlone(String text) throws Exception {
        assertThat(harness(Map.of("injections", List.of("sqli"))).check(Stage.OUTPUT, text))
                .isEqualTo(Verdict.allow());
    }

    /** Contract "config and rails" 4.6. */
    @Test
    void takesOutWhatIsFound() throws Exception {
        Verdict verdict = harness(Map.of("injections", List.of("sqli"), "action", "omit"))
                .check(Stage.OUTPUT, "This is a SELECT * FROM users; -- malicious comment in the middle of text");

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Rewrite.class,
                        rewrite -> assertThat(rewrite.text())
                                .isEqualTo("This is a  * FROM usersmalicious comment in the middle of text"));
    }

    @Test
    void takesOutWhatClosesUpWhenSomethingIsTakenOut() throws Exception {
        Map<String, Object> settings = Map.of(
                "injections", List.of("evil"),
                "action", "omit",
                "yara_rules", Map.of("evil", "rule evil { strings: $a = \"evil\" condition: $a }"));

        assertThat(harness(settings).check(Stage.OUTPUT, "an evevilil plan"))
                .isInstanceOfSatisfying(
                        Verdict.Rewrite.class,
                        rewrite -> assertThat(rewrite.text()).isEqualTo("an  plan"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "To list the users, run `SELECT name, email FROM users WHERE active = 1 ORDER BY name;` in psql.",
                "Use a prepared statement: `SELECT * FROM users WHERE name = ? AND age > ?`.",
                "```sql\nSELECT a FROM t\nUNION ALL\nSELECT b FROM u;\n```",
                """
                ```html
                <script src="https://cdn.example.com/app.js"></script>
                <img src="cat.png" alt="a cat">
                ```""",
                "```js\nbutton.onclick = () => { console.log('clicked'); };\nsetTimeout(() => done(), 1000);\n```",
                "```python\nimport os\nfor name in os.listdir('.'):\n    print(name)  # each file\n```",
                "```python\nsubprocess.run(['ls', '-l'], check=True)\ntime.sleep(5)  # wait\n```",
                "Hello {{ user.name }}, you have {{ messages | length }} messages and {% if x %}more{% endif %}.",
                "In bash `${HOME}/bin` is your folder, and `$((7 * 7))` is 49.",
                "if (a === 'x' && b === 'y' || c) { return 'ok'; }",
                "git commit -m 'first' --amend && npm install --save express",
                "He said 'yes' or 'no'; she didn't drop the table on her foot."
            })
    void letsOrdinaryAnswersPass(String text) throws Exception {
        assertThat(harness(Map.of()).check(Stage.OUTPUT, text)).isEqualTo(Verdict.allow());
    }

    @Test
    void seesToolArgumentsAsTheToolWill() throws Exception {
        String arguments = "{\"html\": \"\\u003cscript\\u003ealert(1)\\u003c/script\\u003e\", \"n\": 1}";

        assertThat(harness(Map.of("injections", List.of("xss")))
                        .toolCall(new ToolCall("c1", "show", arguments))
                        .check(Stage.TOOL_OUTPUT, arguments))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void takesInjectionsOutOfToolArgumentsAndLeavesValidJson() throws Exception {
        String arguments = "{\"q\": \"1; DROP TABLE users\", \"n\": 1}";

        assertThat(harness(Map.of("injections", List.of("sqli"), "action", "omit"))
                        .toolCall(new ToolCall("c1", "query", arguments))
                        .check(Stage.TOOL_OUTPUT, arguments))
                .isInstanceOfSatisfying(
                        Verdict.Rewrite.class,
                        rewrite -> assertThat(rewrite.text())
                                .startsWith("{\"q\":\"")
                                .endsWith(",\"n\":1}"));
    }

    @Test
    void looksAtToolArgumentsThatAreNoJsonAsTheyAre() throws Exception {
        assertThat(harness(Map.of("injections", List.of("sqli")))
                        .toolCall(new ToolCall("c1", "query", "{\"q\": \"' OR 1=1"))
                        .check(Stage.TOOL_OUTPUT, "{\"q\": \"' OR 1=1"))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void allowsEverythingIfNoRuleIsListed() throws Exception {
        assertThat(harness(Map.of("injections", List.of())).check(Stage.OUTPUT, "' OR 1 = 1"))
                .isEqualTo(Verdict.allow());
    }

    @Test
    void usesRulesOfTheConfigurationAndOfAFolder() throws Exception {
        Files.writeString(
                folder.resolve("slang.yara"), "rule rude { strings: $a = \"darn\" fullword nocase condition: $a }");
        Map<String, Object> settings = Map.of(
                "injections", List.of("slang", "inline"),
                "yara_path", folder.toString(),
                "yara_rules", Map.of("inline", "rule mine { strings: $a = \"swordfish\" condition: $a }"));

        Verdict verdict = harness(settings).check(Stage.OUTPUT, "Darn, the swordfish!");

        assertThat(verdict.evidence()).containsEntry("rules", List.of("rude", "mine"));
    }

    @Test
    void refusesSettingsItCannotWorkWith() throws IOException {
        Files.writeString(folder.resolve("broken.yara"), "rule {");

        assertRefused(Map.of("injections", List.of("sqly")), "there are no rules 'sqly'");
        assertRefused(Map.of("action", "sanitize"), "not implemented");
        assertRefused(Map.of("action", "drop"), "must be reject or omit");
        assertRefused(Map.of("yara_path", folder.resolve("nowhere").toString()), "there is no folder");
        assertRefused(
                Map.of("injections", List.of("broken"), "yara_path", folder.toString()),
                "the rules 'broken' cannot be used: line 1");
        assertRefused(
                Map.of("injections", List.of("mine"), "yara_rules", Map.of("mine", "rule x { condition: $a }")),
                "no string '$a'");
        assertRefused(Map.of("injections", List.of("../secret"), "yara_path", folder.toString()), "there are no rules");
    }

    @Test
    void readsNoFolderForAConfigurationOfACaller() {
        assertThatThrownBy(() -> harness(Map.of("yara_path", folder.toString()))
                        .fromCaller()
                        .configure(Stage.OUTPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("injection_detection.yara_path: names a folder of the server");
    }

    private static void assertRefused(Map<String, ?> settings, String problem) {
        assertThatThrownBy(() -> harness(settings).configure(Stage.OUTPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining(problem);
    }

    private static RailHarness harness(Map<String, ?> settings) {
        return RailHarness.of(new InjectionDetectionRail()).settings("injection_detection", settings);
    }
}
