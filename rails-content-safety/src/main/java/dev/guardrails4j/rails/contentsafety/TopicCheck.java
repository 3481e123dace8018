package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.TaskPrompt;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.judging.ModelParameter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Asks a topic control model: the prompt is its system message, the conversation follows as it is. Anything but a clear
 * "on-topic" is not understood, and so blocks; the reference lets everything pass but "off-topic".
 *
 * @param model who is asked
 * @param prompt what the topics are
 * @param lax whether the reference's reading holds
 */
record TopicCheck(ChatModel model, TaskPrompt prompt, boolean lax) {

    /** What topic control models are trained to be told, contract "config and rails" 4.4. */
    private static final String ANSWERS =
            "If any of the above conditions are violated, please respond with \"off-topic\"."
                    + " Otherwise, respond with \"on-topic\". You must respond with \"on-topic\" or \"off-topic\".";

    private static final double TEMPERATURE = 0.01;
    private static final int MAX_TOKENS = 10;
    private static final String ON_TOPIC = "on-topic";
    private static final String OFF_TOPIC = "off-topic";

    /** How many characters of the conversation before the message are shown, the newest of them. */
    private static final int MAX_HISTORY = 16_000;

    private static final Set<Role> SPEAKERS = Set.of(Role.USER, Role.ASSISTANT);

    /** @throws dev.guardrails4j.api.RailConfigurationException if the flow names no model, or there is no prompt for it */
    static TopicCheck configure(RailSetup setup) {
        String type = ModelParameter.of(setup);
        ChatModel model = setup.model(type);
        return new TopicCheck(model, setup.prompt("topic_safety_check_input $model=" + type), setup.compat());
    }

    Verdict ask(RailContext context) {
        List<Message> messages = new ArrayList<>();
        messages.add(Message.system(systemText(context)));
        messages.addAll(before(context));
        messages.add(Message.user(context.text()));
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("temperature", TEMPERATURE);
        parameters.put("max_tokens", prompt.maxTokens().orElse(MAX_TOKENS));
        if (!prompt.stop().isEmpty()) {
            parameters.put("stop", prompt.stop());
        }
        String answer = context.generate(model, prompt.task(), new ChatRequest(messages, parameters))
                .text();
        return isOnTopic(answer) ? Verdict.allow() : Verdict.block("the topic control model calls it off-topic");
    }

    private String systemText(RailContext context) {
        Map<String, Object> variables = new LinkedHashMap<>(context.variables());
        variables.put("history", context.messages());
        variables.put("user_input", context.text());
        String text = prompt.render(variables).stream().map(Message::text).collect(Collectors.joining("\n"));
        return text.contains(ANSWERS) ? text : text.stripTrailing() + "\n\n" + ANSWERS;
    }

    /** What was said before the text under check: up to the last answer, without what tools said and what says nothing. */
    private static List<Message> before(RailContext context) {
        List<Message> said = context.messages().stream()
                .filter(message ->
                        SPEAKERS.contains(message.role()) && !message.text().isBlank())
                .map(message ->
                        message.role() == Role.USER ? Message.user(message.text()) : Message.assistant(message.text()))
                .toList();
        int end = said.size();
        while (end > 0 && said.get(end - 1).role() == Role.USER) {
            end--;
        }
        int start = end;
        int length = 0;
        while (start > 0 && length + said.get(start - 1).text().length() <= MAX_HISTORY) {
            start--;
            length += said.get(start).text().length();
        }
        return said.subList(start, end);
    }

    private boolean isOnTopic(String answer) {
        String said = answer.strip().toLowerCase(Locale.ROOT);
        if (lax) {
            return !said.equals(OFF_TOPIC);
        }
        String plain = said.replaceAll("^[\"'*`]+|[\"'*`.!]+$", "");
        if (!plain.equals(ON_TOPIC) && !plain.equals(OFF_TOPIC)) {
            throw new JudgementException("the topic control model's answer is neither 'on-topic' nor 'off-topic'");
        }
        return plain.equals(ON_TOPIC);
    }
}
