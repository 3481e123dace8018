package dev.guardrails4j.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTest {

    @Test
    void givesAnObjectSchemaThatAllowsNothingElse() {
        Setting section = Setting.section(
                "check",
                "What is looked for.",
                Setting.strings("names", "Whose.").required(),
                Setting.integer("limit", "").between(1, 10).defaultsTo(5),
                Setting.oneOf("mode", "How.", "block", "mask"));

        assertThat(section.jsonSchema())
                .isEqualTo(Map.of(
                        "description",
                        "What is looked for.",
                        "type",
                        "object",
                        "properties",
                        Map.of(
                                "names",
                                Map.of(
                                        "description",
                                        "Whose.",
                                        "type",
                                        List.of("string", "array"),
                                        "items",
                                        Map.of("type", "string")),
                                "limit",
                                Map.of("type", "integer", "minimum", 1.0, "maximum", 10.0, "default", 5),
                                "mode",
                                Map.of("description", "How.", "type", "string", "enum", List.of("block", "mask"))),
                        "required",
                        List.of("names"),
                        "additionalProperties",
                        false));
    }

    @Test
    void isNotChangedByWhatIsDerivedFromIt() {
        Setting plain = Setting.integer("limit", "");

        plain.required();
        plain.between(1, 2);
        plain.defaultsTo(1);

        assertThat(plain.jsonSchema()).isEqualTo(Map.of("type", "integer"));
    }

    @Test
    void hasNoTwoKeysOfOneName() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Setting.section("s", "", Setting.flag("a", ""), Setting.string("a", "")))
                .withMessage("s has two settings of the name a");
    }

    @Test
    void limitsNumbersOnly() {
        assertThatIllegalStateException()
                .isThrownBy(() -> Setting.string("a", "").between(1, 2))
                .withMessage("a is not a number");
    }

    @Test
    void aDisclosureThatSaysNothingNamesNobody() {
        assertThat(Disclosure.notStated()).isNotEqualTo(Disclosure.toNobody());
        assertThatIllegalArgumentException().isThrownBy(() -> new Disclosure(false, List.of("somebody")));
    }
}
