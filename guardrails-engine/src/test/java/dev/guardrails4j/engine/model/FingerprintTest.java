package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void isTheSameForEqualValues() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("list", new ArrayList<>(List.of(1, 2.5, true)));
        values.put("nothing", null);

        assertThat(Fingerprint.of("text", values))
                .matches("[0-9a-f]{64}")
                .isEqualTo(Fingerprint.of("text", new LinkedHashMap<>(values)));
    }

    @Test
    void isAnotherForEveryOtherValue() {
        List<String> all = List.of(
                Fingerprint.of(),
                Fingerprint.of((Object) null),
                Fingerprint.of("null"),
                Fingerprint.of(""),
                Fingerprint.of("", ""),
                Fingerprint.of("ab", "c"),
                Fingerprint.of("a", "bc"),
                Fingerprint.of(List.of("a", "bc")),
                Fingerprint.of(List.of("a"), "bc"),
                Fingerprint.of(Map.of("a", "bc")),
                Fingerprint.of("a b"),
                Fingerprint.of("a  b"),
                Fingerprint.of(1),
                Fingerprint.of(1L),
                Fingerprint.of("1"),
                Fingerprint.of(true),
                Fingerprint.of("true"),
                // No characters: an encoder would make question marks of both.
                Fingerprint.of("\ud800"),
                Fingerprint.of("\ud801"),
                Fingerprint.of("?"));

        assertThat(new HashSet<>(all)).hasSameSizeAs(all);
    }
}
