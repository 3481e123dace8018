package dev.guardrails4j.rails.detectors.yara;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RequiredLiteralsTest {

    @Test
    void findsWhatMustBeThere() {
        assertThat(RequiredLiterals.of("abc")).containsExactly(Set.of("abc"));
        assertThat(RequiredLiterals.of("ABc+d")).containsExactly(Set.of("abc"));
        assertThat(RequiredLiterals.of("x(foo|barn)\\s*=")).containsExactly(Set.of("foo", "barn"), Set.of("="));
        assertThat(RequiredLiterals.of("(?is:select .* from)")).containsExactly(Set.of("select "), Set.of(" from"));
        assertThat(RequiredLiterals.of("['\"]or")).containsExactly(Set.of("'", "\""), Set.of("or"));
    }

    @Test
    void reliesOnNothingThatMayBeMissing() {
        assertThat(RequiredLiterals.of("(foo)?bar")).containsExactly(Set.of("bar"));
        assertThat(RequiredLiterals.of("fo*")).isEmpty();
        assertThat(RequiredLiterals.of("abd{0,3}")).containsExactly(Set.of("ab"));
        assertThat(RequiredLiterals.of("foo|.*")).isEmpty();
        assertThat(RequiredLiterals.of("[abc][^x]")).isEmpty();
        assertThat(RequiredLiterals.of("(?P<name>foo)")).isEmpty();
        assertThat(RequiredLiterals.of("foo(")).isEqualTo(List.of());
    }
}
