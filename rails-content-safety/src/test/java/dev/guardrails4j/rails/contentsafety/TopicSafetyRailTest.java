package dev.guardrails4j.rails.contentsafety;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("topic safety, contract config-and-rails 4.4")
class TopicSafetyRailTest {

    private static final String ANSWERS =
            "If any of the above conditions are violated, please respond with \"off-topic\"."
                    + " Otherwise, respond with \"on-topic\". You must respond with \"on-topic\" or \"off-topic\".";

    @ParameterizedTest
    @ValueSource(strings = {"on-topic", " On-Topic\n", "\"on-topic\"", "on-topic."})
    void allowsWhatIsOnTopic(String answer) throws Exception {
        assertThat(answering(answer).check(Stage.INPUT, "Where is my parcel?")).isEqualTo(Verdict.allow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"off-topic", "Off-topic.", "**off-topic**"})
    void blocksWhatIsOffTopic(String answer) throws Exception {
        assertThat(answering(answer).check(Stage.INPUT, "Who will win?"))
                .isEqualTo(Verdict.block("the topic control model calls it off-topic"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "on topic", "on-topic or off-topic", "not on-topic", "yes", "on-topic off-topic", "ON-TOPICS"
            })
    void doesNotUnderstandAnythingElse(String answer) {
        assertThatThrownBy(() -> answering(answer).check(Stage.INPUT, "Who will win?"))
                .isInstanceOf(JudgementException.class)
                .hasMessage("the topic control model's answer is neither 'on-topic' nor 'off-topic'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "on topic", "yes", "off-topic."})
    void allowsAllButOffTopicWhereTheConfigurationWantsTheReferencesReading(String answer) throws Exception {
        assertThat(answering(answer).compat().check(Stage.INPUT, "Who will win?"))
                .isEqualTo(Verdict.allow());
        assertThat(answering(" OFF-topic ").compat().check(Stage.INPUT, "Who will win?"))
                .isInstanceOf(Verdict.Block.class);
    }

    @Test
    void asksWithThePromptAsSystemMessageAndTheConversation() throws Exception {
        RailHarness harness = answering("on-topic")
                .messages(
                        Message.system("be nice"),
                        Message.user("hello"),
                        Message.assistant("hi"),
                        Message.user("one"),
                        Message.user("two"));

        harness.check(Stage.INPUT, "one\ntwo");

        RailHarness.ModelQuestion question = harness.modelQuestions().get(0);
        assertThat(question.type()).isEqualTo("topics");
        assertThat(question.task()).isEqualTo("topic_safety_check_input $model=topics");
        assertThat(question.request().parameters()).isEqualTo(Map.of("temperature", 0.01, "max_tokens", 10));
        List<Message> asked = question.request().messages();
        assertThat(asked.subList(1, asked.size()))
                .containsExactly(Message.user("hello"), Message.assistant("hi"), Message.user("one\ntwo"));
        assertThat(asked.get(0).text()).contains("user_input: one\ntwo").endsWith("\n\n" + ANSWERS);
    }

    @Test
    void leavesOutWhatToolsSaidAndWhatSaysNothing() throws Exception {
        RailHarness harness = answering("on-topic")
                .messages(
                        Message.user("weather?"),
                        new Message(
                                dev.guardrails4j.api.Role.ASSISTANT,
                                List.of(),
                                List.of(new ToolCall("1", "weather", "{}")),
                                Map.of()),
                        Message.of(dev.guardrails4j.api.Role.TOOL, "rain"),
                        Message.assistant("It rains."),
                        Message.user("thanks"));

        harness.check(Stage.INPUT, "thanks");

        List<Message> asked = harness.modelQuestions().get(0).request().messages();
        assertThat(asked.subList(1, asked.size()))
                .containsExactly(Message.user("weather?"), Message.assistant("It rains."), Message.user("thanks"));
    }

    @Test
    void showsTheNewestOfALongConversation() throws Exception {
        RailHarness harness = answering("on-topic")
                .messages(Message.user("x".repeat(10_000)), Message.assistant("y".repeat(10_000)), Message.user("now"));

        harness.check(Stage.INPUT, "now");

        assertThat(harness.modelQuestions().get(0).request().messages())
                .extracting(message -> message.text().charAt(0))
                .endsWith('y', 'n')
                .hasSize(3);
    }

    @Test
    void blocksAMessageWithoutTextUnasked() throws Exception {
        RailHarness harness = answering("on-topic");

        assertThat(harness.check(Stage.INPUT, " ")).isInstanceOf(Verdict.Block.class);
        assertThat(harness.modelQuestions()).isEmpty();
    }

    @Test
    void needsItsModelAndItsPrompt() {
        assertThatThrownBy(() -> RailHarness.of(new TopicSafetyRail()).configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("$model=");
        assertThatThrownBy(() -> RailHarness.of(new TopicSafetyRail())
                        .parameter("model", "topics")
                        .configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class)
                .hasMessageContaining("topics");
        assertThatThrownBy(() -> answering("on-topic")
                        .withoutPrompt("topic_safety_check_input $model=topics")
                        .configure(Stage.INPUT))
                .isInstanceOf(RailConfigurationException.class);
    }

    private static RailHarness answering(String answer) {
        return RailHarness.of(new TopicSafetyRail())
                .parameter("model", "topics")
                .model("topics", request -> ChatResponse.of("m", answer));
    }
}
