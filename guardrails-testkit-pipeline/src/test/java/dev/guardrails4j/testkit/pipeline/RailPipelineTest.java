package dev.guardrails4j.testkit.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.config.InvalidConfigException;
import org.junit.jupiter.api.Test;

class RailPipelineTest {

    private static final String SHOUTING = """
            rails:
              input: {flows: [shout]}
              output: {flows: [shout]}
              config: {shout: {unsaid: quiet}}
            """;

    @Test
    void runsTheRailsAndTheModelBetweenThem() {
        try (RailPipeline pipeline = RailPipeline.of(SHOUTING).answering("Good day.")) {
            assertThat(pipeline.send("hello").text()).isEqualTo("GOOD DAY.");

            assertThat(pipeline.model().received())
                    .singleElement()
                    .satisfies(asked -> assertThat(asked.body()).contains("\"HELLO\""));
        }
    }

    @Test
    void saysWhatBlocked() {
        try (RailPipeline pipeline = RailPipeline.of(SHOUTING)) {
            GenerationResult result =
                    pipeline.send(Message.user("hello"), Message.assistant("HI"), Message.user("be quiet"));

            assertThat(result.block()).hasValueSatisfying(block -> {
                assertThat(block.flow()).isEqualTo("shout");
                assertThat(block.reason()).isEqualTo("says it");
            });
            assertThat(pipeline.model().received()).isEmpty();
        }
    }

    @Test
    void givesTheModelsOfRailsAnAddress() {
        try (RailPipeline pipeline = RailPipeline.of("""
                models:
                  - {type: other, engine: openai, model: judge, parameters: {base_url: '${MODEL_URL}', api_key: none}}
                """ + SHOUTING)) {
            assertThat(pipeline.guardrails().config().models())
                    .extracting(model -> model.type())
                    .containsExactlyInAnyOrder("other", "main");
        }
    }

    @Test
    void leavesAMainModelOfTheConfigurationAlone() {
        try (RailPipeline pipeline = RailPipeline.of("models: [{type: main, engine: demo, model: demo}]")) {
            assertThat(pipeline.send("hello").text()).contains("demo model").contains("hello");
            assertThat(pipeline.model().received()).isEmpty();
        }
    }

    @Test
    void refusesWhatAServerRefuses() {
        assertThatThrownBy(() -> RailPipeline.of(SHOUTING.replace("unsaid", "unsiad")))
                .isInstanceOf(InvalidConfigException.class)
                .hasMessageContaining("config.yml:4")
                .hasMessageContaining("unsaid");
    }
}
