package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserTurnTest {

    private static final Message CALL =
            new Message(Role.ASSISTANT, List.of(), List.of(new ToolCall("call_1", "search", "{}")), Map.of());
    private static final Message RESULT = Message.of(Role.TOOL, "found");

    @Test
    void joinsTheMessagesThatNothingHasAnswered() {
        List<Message> conversation = List.of(
                Message.user("old"),
                Message.assistant("answer"),
                Message.user("one"),
                Message.system("rules"),
                Message.user("two"));

        assertThat(UserTurn.of(conversation).text()).isEqualTo("one\ntwo");
    }

    @Test
    void doesNotTakeToolsForAnAnswer() {
        assertThat(UserTurn.of(List.of(Message.user("find it"), CALL, RESULT)).text())
                .isEqualTo("find it");
    }

    @Test
    void doesNotTakeAnAnswerOfTheClientForAnAnswer() {
        assertThat(UserTurn.of(List.of(Message.user("how?"), Message.assistant("Sure, ")))
                        .text())
                .isEqualTo("how?");
    }

    @Test
    void isAbsentWithoutUser() {
        assertThat(UserTurn.of(List.of(Message.system("rules"))).isPresent()).isFalse();
        assertThat(UserTurn.of(List.of()).isPresent()).isFalse();
    }

    @Test
    void putsARewriteInThePlaceOfAllItsTexts() {
        Message image = new Message(
                Role.USER,
                List.of(
                        ContentPart.text("look"),
                        new ContentPart("image_url", "", Map.of("image_url", Map.of("url", "data:,x")))),
                List.of(),
                Map.of());

        List<Message> rewritten =
                UserTurn.of(List.of(Message.user("secret"), image)).rewritten("masked");

        assertThat(rewritten.get(0).text()).isEmpty();
        assertThat(rewritten.get(1).text()).isEqualTo("masked");
        assertThat(rewritten.get(1).content()).hasSize(2);
    }
}
