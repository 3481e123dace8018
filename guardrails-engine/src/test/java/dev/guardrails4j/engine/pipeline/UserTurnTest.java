package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.config.InputScope;
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

        assertThat(text(conversation, InputScope.NEW)).isEqualTo("one\ntwo");
    }

    @Test
    void doesNotTakeToolsForAnAnswer() {
        assertThat(text(List.of(Message.user("find it"), CALL, RESULT), InputScope.NEW))
                .isEqualTo("find it");
    }

    @Test
    void doesNotTakeAnAnswerOfTheClientForAnAnswer() {
        assertThat(text(List.of(Message.user("how?"), Message.assistant("Sure, ")), InputScope.NEW))
                .isEqualTo("how?");
    }

    @Test
    void isAbsentWithoutUser() {
        assertThat(UserTurn.of(List.of(Message.system("rules")), InputScope.NEW).isPresent())
                .isFalse();
        assertThat(UserTurn.of(List.of(), InputScope.LAST).isPresent()).isFalse();
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

        List<Message> conversation = List.of(Message.user("secret"), image);

        List<Message> rewritten = UserTurn.of(conversation, InputScope.NEW).rewritten(conversation, "masked");

        assertThat(rewritten.get(0).text()).isEmpty();
        assertThat(rewritten.get(1).text()).isEqualTo("masked");
        assertThat(rewritten.get(1).content()).hasSize(2);
    }

    @Test
    void addsNoEmptyTextToAnImageWhenItsTurnIsRewritten() {
        Message image = new Message(
                Role.USER,
                List.of(new ContentPart("image_url", "", Map.of("image_url", Map.of("url", "data:,x")))),
                List.of(),
                Map.of());
        List<Message> conversation = List.of(image, Message.user("secret"));

        assertThat(UserTurn.of(conversation, InputScope.NEW).rewritten(conversation, "masked"))
                .containsExactly(image, Message.user("masked"));
    }

    @Test
    void isTheLastMessageOnlyIfThatIsAskedFor() {
        List<Message> conversation = List.of(Message.user("one"), Message.system("rules"), Message.user("two"), RESULT);

        assertThat(UserTurn.of(conversation, InputScope.LAST).positions()).containsExactly(2);
    }

    @Test
    void findsTheTurnsBeforeTheNewOne() {
        List<Message> conversation = List.of(
                Message.user("a"),
                Message.user("b"),
                Message.assistant("answer"),
                Message.assistant("and more"),
                Message.user("find it"),
                CALL,
                RESULT,
                Message.assistant("found"),
                Message.user("new"));

        assertThat(UserTurn.earlier(conversation)).containsExactly(turn(0, 1), turn(4));
    }

    @Test
    void isNotEarlierWhenNoUserHasSpokenSince() {
        List<Message> conversation =
                List.of(Message.user("a"), Message.assistant("b"), Message.user("c"), CALL, RESULT);

        assertThat(UserTurn.earlier(conversation)).containsExactly(turn(0));
        assertThat(UserTurn.of(conversation, InputScope.ALL)).isEqualTo(turn(2));
        assertThat(UserTurn.earlier(List.of(Message.system("rules")))).isEmpty();
    }

    private static UserTurn turn(Integer... positions) {
        return new UserTurn(List.of(positions));
    }

    private static String text(List<Message> conversation, InputScope scope) {
        return UserTurn.of(conversation, scope).text(conversation);
    }
}
