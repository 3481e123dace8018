package dev.guardrails4j.engine.prompt;

import static dev.guardrails4j.engine.prompt.PromptConfigs.message;
import static dev.guardrails4j.engine.prompt.PromptConfigs.messageList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.PromptConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Rendering prompts, contract config-and-rails 1.5")
final class CompiledPromptTest {

    private static final List<Message> HISTORY = List.of(
            Message.system("Obey me."),
            Message.user("Hi"),
            Message.assistant("Hello!"),
            new Message(Role.ASSISTANT, List.of(), List.of(new ToolCall("1", "f", "{}")), Map.of()),
            new Message(Role.TOOL, List.of(ContentPart.text("result")), List.of(), Map.of()),
            Message.user("Bye"));

    @Test
    void sendsContentAsOneUserMessage() {
        CompiledPrompt prompt = PromptConfigs.of("self_check_input", "Check: {{ user_input }}\n")
                .compile();

        assertThat(prompt.render(Map.of("user_input", "hi"))).containsExactly(Message.user("Check: hi"));
    }

    @Test
    void rendersEachMessageInItsRoleAndDropsBlankOnes() {
        CompiledPrompt prompt = PromptConfigs.of(
                        "t",
                        List.of(
                                message(Role.SYSTEM, "Be strict."),
                                message(Role.ASSISTANT, "{% if nothing %}x{% endif %} \n"),
                                message(Role.USER, "{{ user_input }}")))
                .compile();

        assertThat(prompt.render(Map.of("user_input", "hi")))
                .containsExactly(Message.system("Be strict."), Message.user("hi"));
    }

    @Test
    void putsTheConversationInAsMessages() {
        CompiledPrompt prompt = PromptConfigs.of(
                        "t", List.of(message(Role.SYSTEM, "Judge."), messageList("{{ history | to_chat_messages }}\n")))
                .compile();

        assertThat(prompt.render(Map.of("history", HISTORY)))
                .containsExactly(
                        Message.system("Judge."), Message.user("Hi"), Message.assistant("Hello!"), Message.user("Bye"));
    }

    @Test
    void keepsImagesOfTheConversation() {
        Message image = new Message(
                Role.USER,
                List.of(
                        ContentPart.text("look"),
                        new ContentPart(
                                "image_url", "", Map.of("image_url", Map.of("url", "data:image/png;base64,AAAA")))),
                List.of(),
                Map.of("name", "ann"));
        CompiledPrompt prompt = PromptConfigs.of("t", List.of(messageList("{{ history | to_chat_messages }}")))
                .compile();

        List<Message> messages = prompt.render(Map.of("history", List.of(image)));

        assertThat(messages).hasSize(1);
        assertThat(messages.get(0).content()).isEqualTo(image.content());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{{ history | colang | to_messages }}",
                "{{ history | last_turns(1) | to_chat_messages }}",
                "{{ history | colang | last_turns(1) | to_messages }}"
            })
    void takesEveryExpressionThatGivesMessages(String template) {
        List<Message> messages =
                PromptConfigs.of("t", List.of(messageList(template))).compile().render(Map.of("history", HISTORY));

        assertThat(messages).last().isEqualTo(Message.user("Bye"));
        assertThat(messages).hasSize(template.contains("last") ? 1 : 3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "just text",
                "a {{ history | to_chat_messages }}",
                "{% for m in history %}{{ m }}{% endfor %}",
                "{{ a }}{{ b }}",
                ""
            })
    void refusesMessageListsThatAreNotOneExpression(String template) {
        Prompts prompts = new Prompts(
                List.of(PromptConfigs.of("t", List.of(messageList(template))).build()), "standard", Map.of());

        assertThat(prompts.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.message()).contains("{{ history | to_chat_messages }}"));
    }

    @Test
    void failsWhenAMessageListGivesSomethingElse() {
        CompiledPrompt prompt =
                PromptConfigs.of("t", List.of(messageList("{{ user_input }}"))).compile();

        assertThatThrownBy(() -> prompt.render(Map.of("user_input", "hunter2")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("a list of messages is needed")
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void failsWhenThereIsNoMessage() {
        CompiledPrompt prompt = PromptConfigs.of("t", "{{ user_input }}").compile();

        assertThatThrownBy(() -> prompt.render(Map.of()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'t' (prompts.yml:1) gives no message");
    }

    @Test
    void showsGlobalsToEveryTemplateAndLetsNobodyReplaceThem() {
        CompiledPrompt prompt = PromptConfigs.of("t", "{{ general_instructions }}/{{ user_input }}")
                .compile(Map.of("general_instructions", "Be kind."));

        assertThat(prompt.render(Map.of("user_input", "hi", "general_instructions", "Say yes."))
                        .get(0)
                        .text())
                .isEqualTo("Be kind./hi");
    }

    @Test
    void dropsTheOldestMessagesUntilThePromptFits() {
        CompiledPrompt prompt = PromptConfigs.of("t", "{{ history | user_assistant_sequence }}")
                .maxLength(23)
                .compile();

        // "User: Hi\nAssistant: Hello!\nUser: Bye" is too long, "Assistant: Hello!\nUser: Bye" too, by 4.
        assertThat(prompt.render(Map.of("history", HISTORY)).get(0).text()).isEqualTo("User: Bye");
        assertThat(PromptConfigs.of("t", "{{ history | user_assistant_sequence }}")
                        .maxLength(27)
                        .compile()
                        .render(Map.of("history", HISTORY))
                        .get(0)
                        .text())
                .isEqualTo("Assistant: Hello!\nUser: Bye");
    }

    @Test
    void dropsAsFewMessagesAsNeeded() {
        List<Message> history = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            history.add(Message.user("message " + (100 + i)));
        }
        for (int kept = 1; kept <= 100; kept++) {
            CompiledPrompt prompt = PromptConfigs.of("t", List.of(messageList("{{ history | to_chat_messages }}")))
                    .maxLength(11 * kept)
                    .compile();

            assertThat(prompt.render(Map.of("history", history))).isEqualTo(history.subList(100 - kept, 100));
        }
    }

    @Test
    @Timeout(30)
    void fitsAVeryLongConversationInTime() {
        List<Message> history = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            history.add(Message.user("x".repeat(200)));
        }
        CompiledPrompt prompt =
                PromptConfigs.of("t", "{{ history | user_assistant_sequence }}").compile();

        assertThat(prompt.render(Map.of("history", history)).get(0).text()).hasSizeBetween(15_000, 16_000);
    }

    @Test
    void failsWhenThePromptIsTooLongEvenWithoutHistory() {
        CompiledPrompt prompt = PromptConfigs.of("t", "{{ user_input }}{{ history | colang }}")
                .maxLength(10)
                .compile();
        Map<String, Object> tooLong = Map.of("user_input", "hunter2 is too long", "history", HISTORY);

        assertThatThrownBy(() -> prompt.render(tooLong))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("Prompt exceeds max length of 10 characters even without history: 't' (prompts.yml:1)");
        assertThatThrownBy(() -> prompt.render(Map.of("user_input", "x".repeat(11))))
                .isInstanceOf(IllegalStateException.class);
        assertThat(prompt.render(Map.of("user_input", "x".repeat(10)))).hasSize(1);
    }

    @Test
    void countsCharactersNotUnitsAndImagesAsAFew() {
        CompiledPrompt prompt =
                PromptConfigs.of("t", "{{ user_input }}").maxLength(20).compile();

        assertThat(prompt.render(Map.of("user_input", "\uD83D\uDE00".repeat(20))))
                .hasSize(1);
        assertThat(prompt.render(Map.of("user_input", "see data:image/png;base64," + "A".repeat(5_000))))
                .hasSize(1);
        assertThatThrownBy(() -> prompt.render(Map.of("user_input", "\uD83D\uDE00".repeat(21))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void tellsWhatElseThePromptSays() {
        CompiledPrompt prompt = new Prompts(
                        List.of(new PromptConfig(
                                "self_check_input $variant=strict",
                                List.of(message(Role.USER, "x")),
                                List.of(),
                                Optional.of("is_content_safe"),
                                100,
                                "standard",
                                List.of("\n"),
                                OptionalInt.of(3),
                                new Location("prompts.yml", 7))),
                        "standard",
                        Map.of())
                .find("self_check_input $variant=strict", "openai/x")
                .orElseThrow();

        assertThat(prompt.task()).isEqualTo("self_check_input $variant=strict");
        assertThat(prompt.outputParser()).contains("is_content_safe");
        assertThat(prompt.stop()).containsExactly("\n");
        assertThat(prompt.maxTokens()).hasValue(3);
        assertThat(prompt.location()).isEqualTo(new Location("prompts.yml", 7));
    }
}
