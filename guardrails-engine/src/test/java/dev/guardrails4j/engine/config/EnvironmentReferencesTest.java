package dev.guardrails4j.engine.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EnvironmentReferencesTest {

    private static final Map<String, String> VARIABLES =
            Map.of("HOST", "gpu-1", "TRICKY", "${HOST} $1 \\", "EMPTY", "");

    private final Problems problems = new Problems();

    private Object replaced(String yaml) {
        ConfigNode node = new YamlReader(problems).read("config.yml", yaml).orElseThrow();
        return new EnvironmentReferences(
                        new OperatorTrust(name -> Optional.ofNullable(VARIABLES.get(name)), AllowedHosts.ANY), problems)
                .replace(node)
                .toPlainValue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ${HOST}                  | gpu-1
                    http://${HOST}:1/${HOST} | http://gpu-1:1/gpu-1
                    $${HOST}                 | ${HOST}
                    $$${HOST}                | $${HOST}
                    $HOST {HOST} $ {HOST}    | $HOST {HOST} $ {HOST}
                    a${EMPTY}b               | ab
                    ^a{2}$                   | ^a{2}$
                    """)
    void replacesReferencesAndNothingElse(String written, String read) {
        assertThat(replaced("a: {b: ['" + written + "']}")).isEqualTo(Map.of("a", Map.of("b", List.of(read))));
        assertThat(problems.inOrder()).isEmpty();
    }

    @Test
    void neverLooksAtTheValueOfAVariableAgain() {
        assertThat(replaced("a: ${TRICKY}")).isEqualTo(Map.of("a", "${HOST} $1 \\"));
    }

    @Test
    void leavesPromptsAndKeysAlone() {
        String yaml = "prompts: [{task: a, content: '${HOST} ${UNSET}'}]\n${HOST}: 1\n";

        assertThat(replaced(yaml))
                .isEqualTo(
                        Map.of("prompts", List.of(Map.of("task", "a", "content", "${HOST} ${UNSET}")), "${HOST}", 1));
        assertThat(problems.inOrder()).isEmpty();
    }

    @Test
    void replacesInSettingsOfARailThatAreCalledPrompts() {
        assertThat(replaced("rails: {config: {check: {prompts: '${HOST}', api_key_env_var: '${HOST}'}}}"))
                .isEqualTo(Map.of(
                        "rails",
                        Map.of("config", Map.of("check", Map.of("prompts", "gpu-1", "api_key_env_var", "${HOST}")))));
    }

    @Test
    void namesVariableAndKeyWhenItIsNotSet() {
        replaced("models:\n- parameters:\n    base_url: http://${UNSET}/\n");

        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .containsExactly("config.yml:3: environment variable 'UNSET' is not set;"
                        + " models[0].parameters.base_url needs it");
    }

    @ParameterizedTest
    @CsvSource({"${HOST", "${}", "${A-B}", "${HOST:-x}", "${A${HOST}}"})
    void refusesWhatBeginsLikeAReferenceAndIsNone(String written) {
        replaced("a: '" + written + "'");

        assertThat(problems.inOrder())
                .extracting(Problem::toString)
                .containsExactly("config.yml:1: a holds a ${ that begins no name of an environment variable;"
                        + " write $${ for the text itself");
    }
}
