package dev.guardrails4j.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class RailHarnessTest {

    @Test
    void runsARailOnItsSettings() throws Exception {
        RailHarness harness =
                RailHarness.of(new CompetitorRail()).settings("competitor_check", Map.of("names", List.of("Acme")));

        assertThat(harness.check(Stage.INPUT, "Is Acme cheaper?"))
                .isEqualTo(Verdict.block("names a competitor").with("name", "Acme"));
        assertThat(harness.check(Stage.OUTPUT, "We are the best.")).isEqualTo(Verdict.allow());
    }

    @Test
    void saysWhichRequiredSettingIsMissing() {
        assertThatThrownBy(() -> RailHarness.of(new CompetitorRail()).check(Stage.INPUT, "hello"))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage("rails.config.competitor_check.names: is missing");
    }

    @Test
    void refusesWhatTheRailDoesNotRead() {
        RailHarness harness = RailHarness.of(new CompetitorRail())
                .parameter("strict", "yes")
                .settings("competitor_check", Map.of("names", "Acme", "nmaes", List.of()))
                .settings("unheard_of", Map.of());

        assertThatThrownBy(() -> harness.configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage("'competitor check' does not know: $strict, rails.config.competitor_check.nmaes,"
                        + " rails.config.unheard_of");
    }

    @Test
    void refusesWhatTheRailDoesNotReadInSectionsBelow() {
        RailHarness harness = RailHarness.of(configuring(setup -> {
                    setup.settings("a").section("b").flag("known", false);
                    setup.settings("a").sections("list").forEach(item -> item.string("name"));
                    return context -> Verdict.allow();
                }))
                .settings(
                        "a",
                        Map.of(
                                "b",
                                Map.of("unknown", 1),
                                "list",
                                List.of(Map.of("name", "x"), Map.of("name", "y", "z", 1))));

        assertThatThrownBy(() -> harness.configure(Stage.INPUT))
                .hasMessageContaining("rails.config.a.b.unknown")
                .hasMessageContaining("rails.config.a.list[1].z");
    }

    @Test
    void refusesAStageTheRailIsNotFor() {
        assertThatThrownBy(() -> RailHarness.of(new CompetitorRail()).configure(Stage.RETRIEVAL))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void readsSettingsByType() {
        RailHarness.of(configuring(setup -> {
                    Settings settings = setup.settings("a");
                    assertThat(settings.isPresent()).isTrue();
                    assertThat(settings.keys()).contains("text", "whole");
                    assertThat(settings.string("text")).isEqualTo("hello");
                    assertThat(settings.string("other", "default")).isEqualTo("default");
                    assertThat(settings.integer("whole", 1)).isEqualTo(7);
                    assertThat(settings.number("whole", 1)).isEqualTo(7.0);
                    assertThat(settings.flag("flag", false)).isTrue();
                    assertThat(settings.strings("text")).containsExactly("hello");
                    assertThat(settings.duration("time", Duration.ZERO)).isEqualTo(Duration.ofMillis(2500));
                    assertThat(settings.duration("whole", Duration.ZERO)).isEqualTo(Duration.ofSeconds(7));
                    assertThat(setup.settings("none").isPresent()).isFalse();
                    assertThat(setup.settings("none").section("below").strings("x", List.of()))
                            .isEmpty();
                    return context -> Verdict.allow();
                }))
                .settings("a", Map.of("text", "hello", "whole", 7, "flag", true, "time", "2.5s"))
                .configure(Stage.INPUT);
    }

    @Test
    void refusesSettingsOfAnotherType() {
        List<Function<Settings, Object>> readers = List.of(
                settings -> settings.string("x"),
                settings -> settings.strings("x"),
                settings -> settings.integer("x", 1),
                settings -> settings.flag("x", true),
                settings -> settings.section("x"),
                settings -> settings.sections("x"),
                settings -> settings.duration("x", Duration.ZERO));

        assertThat(readers)
                .allSatisfy(reader -> assertThatThrownBy(
                                () -> reader.apply(new MapSettings("here", true, Map.of("x", 1.5e300 * -1), Map.of())))
                        .isInstanceOf(RailConfigurationException.class)
                        .hasMessageStartingWith("here.x: must be "));
    }

    @Test
    void answersForJudgesAndRemembersWhatTheyWereAsked() throws Exception {
        RailHarness harness = RailHarness.of(judging()).judgeSays(false, "S1");

        assertThat(harness.check(Stage.INPUT, "hello")).isEqualTo(Verdict.block("[S1]"));
        assertThat(harness.judgeQuestions())
                .containsExactly(new RailHarness.JudgeQuestion(JudgeTask.of("task", "main"), Map.of("text", "hello")));
    }

    @Test
    void asksForAScriptIfAJudgeIsAskedWithoutOne() {
        assertThatThrownBy(() -> RailHarness.of(judging()).check(Stage.INPUT, "hello"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("judgeSays");
    }

    @Test
    void hasNoPromptThatItIsToldIsMissing() {
        assertThatThrownBy(() -> RailHarness.of(judging()).withoutPrompt("task").configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("Missing a `task` prompt template");
    }

    @Test
    void answersForModelsAndRemembersWhatTheyWereAsked() throws Exception {
        RailHarness harness = RailHarness.of(configuring(setup -> {
                    var model = setup.model("main");
                    var prompt = setup.prompt("task");
                    return context -> Verdict.rewrite(context.generate(
                                    model,
                                    "task",
                                    new ChatRequest(prompt.render(Map.of("b", 2, "a", context.text())), Map.of()))
                            .text());
                }))
                .model(
                        "main",
                        request ->
                                ChatResponse.of("m", request.messages().get(0).text()));

        assertThat(harness.check(Stage.INPUT, "hello")).isEqualTo(Verdict.rewrite("a: hello\nb: 2"));
        assertThat(harness.modelQuestions())
                .containsExactly(new RailHarness.ModelQuestion(
                        "main", "task", new ChatRequest(List.of(Message.user("a: hello\nb: 2")), Map.of())));
    }

    @Test
    void letsTheRailAskScriptedServersAndShowsWhatItAsked() throws Exception {
        EndpointAddress address = EndpointAddress.of("classifier", URI.create("http://localhost:8000/classify"))
                .withKey(Optional.of("secret"));
        RailHarness harness = RailHarness.of(configuring(setup -> {
                    JsonEndpoint server = setup.endpoint(address);
                    return context -> Verdict.rewrite(
                            context.post(server, Map.of("text", context.text())).toString());
                }))
                .endpoint("http://localhost:8000/classify", body -> List.of(body));

        assertThat(harness.check(Stage.INPUT, "hello")).isEqualTo(Verdict.rewrite("[{text=hello}]"));
        assertThat(harness.endpointQuestions())
                .containsExactly(new RailHarness.EndpointQuestion(address, Map.of("text", "hello")));
    }

    @Test
    void saysThatAServerIsNotScripted() {
        RailHarness harness = RailHarness.of(configuring(setup -> {
            JsonEndpoint server = setup.endpoint(EndpointAddress.of("classifier", URI.create("http://localhost/")));
            return context -> Verdict.rewrite(context.post(server, "hello").toString());
        }));

        assertThatThrownBy(() -> harness.check(Stage.INPUT, "hello"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the rail asks http://localhost/; say what it answers with endpoint(...)");
    }

    @Test
    void hasNoModelAndNoActionThatItWasNotGiven() {
        assertThatThrownBy(() -> RailHarness.of(configuring(setup -> failing(setup.model("main"))))
                        .configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage("there is no model of type 'main'");
        assertThatThrownBy(() -> RailHarness.of(configuring(setup -> failing(setup.action("lookup"))))
                        .configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessage("there is no action 'lookup'");
    }

    private static RailCheck failing(Object found) {
        return context -> {
            throw new IllegalStateException("found " + found);
        };
    }

    @Test
    void givesTheRailWhatSurroundsTheText() throws Exception {
        RailHarness harness = RailHarness.of(configuring(setup -> {
                    assertThat(setup.stage()).isEqualTo(Stage.OUTPUT);
                    assertThat(setup.flow()).isEqualTo("anything $x=y");
                    assertThat(setup.parameter("x")).contains("y");
                    return RailHarnessTest::checkSurroundings;
                }))
                .parameter("x", "y")
                .userText("question")
                .parts(ContentPart.text("answer"))
                .reasoning("thought")
                .relevantChunks("one", "two")
                .variable("check_facts", true);

        assertThat(harness.check(Stage.OUTPUT, "answer")).isEqualTo(Verdict.allow());
    }

    private static Verdict checkSurroundings(RailContext context) {
        assertThat(context.stage()).isEqualTo(Stage.OUTPUT);
        assertThat(context.userText()).isEqualTo("question");
        assertThat(context.botText()).isEqualTo("answer");
        assertThat(context.parts()).containsExactly(ContentPart.text("answer"));
        assertThat(context.reasoning()).contains("thought");
        assertThat(context.relevantChunks()).containsExactly("one", "two");
        assertThat(context.variables()).containsExactly(Map.entry("check_facts", true));
        assertThat(context.messages()).containsExactly(Message.user("question"));
        assertThat(context.deadline().hasEnded()).isFalse();
        return Verdict.allow();
    }

    private static Rail judging() {
        return configuring(setup -> {
            Judge judge = setup.judge(JudgeTask.of("task", "main"));
            return context -> Verdict.block(judge.judge(context, Map.of("text", context.text()))
                    .violations()
                    .toString());
        });
    }

    private static Rail configuring(Function<RailSetup, RailCheck> configure) {
        return new Rail() {
            @Override
            public String name() {
                return "anything";
            }

            @Override
            public Set<Stage> stages() {
                return Set.of(Stage.values());
            }

            @Override
            public RailCheck configure(RailSetup setup) {
                return configure.apply(setup);
            }
        };
    }

    /** As DESIGN section 2 shows it. */
    private static final class CompetitorRail implements Rail {

        @Override
        public String name() {
            return "competitor check";
        }

        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.INPUT, Stage.OUTPUT);
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            List<String> names = setup.settings("competitor_check").strings("names");
            return context -> names.stream()
                    .filter(context.text()::contains)
                    .findFirst()
                    .map(name -> Verdict.block("names a competitor").with("name", name))
                    .orElseGet(Verdict::allow);
        }
    }
}
