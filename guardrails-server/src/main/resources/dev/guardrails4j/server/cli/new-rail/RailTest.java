package @package@;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailContractTest;
import dev.guardrails4j.testkit.RailHarness;
import dev.guardrails4j.testkit.pipeline.RailPipeline;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What every rail must keep, by {@link RailContractTest}, and what this one does. */
class @class@Test extends RailContractTest {

    @Override
    protected RailHarness harness() {
        return RailHarness.of(new @class@()).settings("@section@", Map.of("words", List.of("Globex")));
    }

    @Test
    void blocksAForbiddenWordInAnyCase() throws Exception {
        assertThat(harness().check(Stage.INPUT, "Is GLOBEX better?"))
                .isEqualTo(Verdict.block("holds a forbidden word").with("word", "globex"));
    }

    @Test
    void allowsWhatIsNotForbidden() throws Exception {
        assertThat(harness().check(Stage.OUTPUT, "You are better.")).isEqualTo(Verdict.allow());
    }

    @Test
    void keepsTheWordFromTheModelAndFromTheUser() {
        try (RailPipeline pipeline = RailPipeline.of("""
                rails:
                  input: {flows: [@rail@]}
                  output: {flows: [@rail@]}
                  config: {@section@: {words: [Globex]}}
                """).answering("Globex is better.")) {
            assertThat(pipeline.send("Is Globex better?").block()).isPresent();
            assertThat(pipeline.model().received()).isEmpty();

            assertThat(pipeline.send("Who is better?").text()).isEqualTo("I'm sorry, I can't respond to that.");
            assertThat(pipeline.model().received()).hasSize(1);
        }
    }
}
