package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationOptions.RailChoice;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExaminationTest {

    private static final String EVERYWHERE = """
            models: []
            rails:
              input: {flows: [check words]}
              retrieval: {flows: [check words]}
              output: {flows: [check words]}
              tool_output: {flows: [check words]}
              tool_input: {flows: [check words]}
              config:
                words: {forbidden: [swordfish]}
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @EnumSource
    void letsTheRailsOfEveryStageSeeTheText(Stage stage) throws IOException {
        try (Guardrails guardrails = guardrails(EVERYWHERE)) {
            assertThat(guardrails.examine(stage, "a swordfish", GenerationOptions.ALL))
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.BLOCKED);
            assertThat(guardrails.examine(stage, "a herring", GenerationOptions.ALL))
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.PASSED);
        }
    }

    @Test
    void letsEachRailSeeTheTextAsItIs() throws IOException {
        try (Guardrails guardrails = guardrails("""
                models: []
                rails:
                  input:
                    flows: [check words, "replace $from=swordfish $to=herring", check words, throw]
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            List<ActivatedRail> decided = guardrails.examine(Stage.INPUT, "a swordfish", GenerationOptions.ALL);

            assertThat(decided)
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.BLOCKED, Outcome.REWRITTEN, Outcome.BLOCKED, Outcome.FAILED);
            assertThat(decided.get(0).evidence()).containsEntry("word", "swordfish");
        }
    }

    @Test
    void runsOnlyTheRailsThatAreWanted() throws IOException {
        try (Guardrails guardrails = guardrails("""
                models: []
                rails:
                  input: {flows: [check words, throw]}
                  config:
                    words: {forbidden: [swordfish]}
                """)) {
            GenerationOptions onlyWords =
                    new GenerationOptions(Map.of(Stage.INPUT, RailChoice.only(Set.of("check words"))), false);

            assertThat(guardrails.examine(Stage.INPUT, "a swordfish", onlyWords))
                    .extracting(ActivatedRail::name)
                    .containsExactly("check words");
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TOOL_INPUT", "TOOL_OUTPUT"})
    void takesTheTextForOneOfTheToolThatARailIsFor(Stage stage) throws IOException {
        try (Guardrails guardrails = guardrails("""
                models: []
                rails:
                  %s:
                    per_tool:
                      weather: [describe tool]
                """.formatted(stage.name().toLowerCase(java.util.Locale.ROOT)))) {
            assertThat(guardrails.examine(stage, "{}", GenerationOptions.ALL))
                    .extracting(ActivatedRail::outcome)
                    .containsExactly(Outcome.PASSED);
        }
    }

    private Guardrails guardrails(String config) throws IOException {
        Files.writeString(folder.resolve("config.yml"), config);
        return Guardrails.fromPath(folder);
    }
}
