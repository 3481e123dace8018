package dev.guardrails4j.rails.detectors.yara;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What matches here matches in YARA itself, and the other way round; where Debian's {@code yara} is installed. */
class YaraOracleTest {

    private static final List<String> TEXTS = List.of(
            "",
            "abc",
            "ABC abc aBc",
            "xabcx",
            "a\0b\0c\0",
            "abc_ def",
            "caf\u00e9 abc\u00e9",
            "line one\nabc\nline three",
            "AB12CD AB__CD AB1234567CD",
            "foo bar foo",
            "' OR 1=1 --",
            "<script>alert(1)</script>",
            "{{7*7}} ${7*7}");

    @TempDir
    private Path folder;

    static Stream<String> rules() {
        return Stream.of(
                        "$a = \"abc\"|$a",
                        "$a = \"abc\" nocase|$a",
                        "$a = \"abc\" fullword|$a",
                        "$a = \"ABC\" nocase fullword|$a",
                        "$a = \"abc\" wide|$a",
                        "$a = \"abc\" wide ascii|$a",
                        "$a = \"\\x41BC\"|$a",
                        "$a = /a.c/|$a",
                        "$a = /A.C/i|$a",
                        "$a = /one.abc/|$a",
                        "$a = /one.abc/s|$a",
                        "$a = /^abc/|$a",
                        "$a = /abc$/|$a",
                        "$a = /\\babc\\b/|$a",
                        "$a = /[a-z]+_ (def|ghi)/|$a",
                        "$a = /\\d{4,}/|$a",
                        "$a = /caf\\xc3\\xa9/|$a",
                        "$a = /ab?c/ fullword|$a",
                        "$a = { 41 42 }|$a",
                        "$a = { 41 4? [2-4] 43 44 }|$a",
                        "$a = { 41 42 ( 31 | 5F ) ?? 43 }|$a",
                        "$a = { 41 42 [2] 43 }|$a",
                        "$a = { 41 42 [4-] 43 }|$a",
                        "$a = \"foo\" $b = \"bar\"|$a and $b",
                        "$a = \"foo\" $b = \"abc\"|$a or $b",
                        "$a = \"foo\" $b = \"abc\"|not $a and not $b",
                        "$a = \"foo\" $b = \"bar\" $c = \"abc\"|2 of them",
                        "$a1 = \"foo\" $a2 = \"bar\" $c = \"abc\"|all of ($a*) and not $c",
                        "$a1 = \"foo\" $a2 = \"bar\" $c = \"abc\"|any of ($a*, $c)",
                        "$a = \"foo\"|#a > 1",
                        "$a = \"abc\"|#a == 0",
                        "$a = \"foo\"|$a at 0",
                        "$ = \"foo\" $ = \"abc\"|any of them",
                        "$a = \"foo\" $b = \"abc\"|none of them",
                        "$a = /or[ \\t]+1=1/ nocase|$a",
                        "$a = /<script[^>]*>/|$a",
                        "$a = /[{$]{1,2}7\\*7\\}/|$a")
                .map(rule -> "rule r { strings: %s condition: %s }".formatted((Object[]) rule.split("\\|(?=[^|]*$)")));
    }

    @ParameterizedTest
    @MethodSource("rules")
    void agreesWithYara(String rule) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/yara")), "yara is not installed");
        YaraRules rules = YaraRules.compile(rule);
        Path source = Files.writeString(folder.resolve("r.yara"), rule);

        for (String text : TEXTS) {
            assertThat(!rules.match(text).isEmpty()).as("%s on %s", rule, text).isEqualTo(matchesInYara(source, text));
        }
    }

    private boolean matchesInYara(Path rules, String text) throws InterruptedException {
        try {
            Path file = Files.write(folder.resolve("text"), text.getBytes(StandardCharsets.UTF_8));
            Process yara = new ProcessBuilder("/usr/bin/yara", "-w", rules.toString(), file.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(yara.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(yara.waitFor()).as(said).isZero();
            return said.startsWith("r ");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
