package dev.guardrails4j.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamePatternTest {

    @ParameterizedTest
    @CsvSource({
        "support, support, true",
        "support, support2, false",
        "support, Support, false",
        "*, support, true",
        "*, '', true",
        "*, team/support, false",
        "hr-*, hr-, true",
        "hr-*, hr-payroll, true",
        "hr-*, chr-payroll, false",
        "*-eu, hr-eu, true",
        "*-eu, hr-eu-2, false",
        "a*b*c, a-b-c, true",
        "a*b*c, abc, true",
        "a*b*c, acb, false",
        "a.c, abc, false",
    })
    void standsForNames(String pattern, String name, boolean matches) {
        assertThat(new NamePattern(pattern).matches(name)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a b", "a*b*c*d*e", "[a]", "a\nb"})
    void isNothingElse(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> new NamePattern(text));
    }
}
