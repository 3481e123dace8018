package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import dev.guardrails4j.engine.plugin.CataloguedAction;
import dev.guardrails4j.engine.trace.ActionObserver;
import dev.guardrails4j.engine.trace.CallsObserver;
import dev.guardrails4j.engine.trace.ExecutedAction;
import dev.guardrails4j.engine.trace.RailRecorder;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a rail is given for one check.
 *
 * @param stage where the conversation is
 * @param text what is checked
 * @param parts the parts that it was found in
 * @param userText what the user said
 * @param botText what the model answered
 * @param reasoning why; empty if it does not tell
 * @param relevantChunks what was retrieved
 * @param toolCall the call whose arguments are checked
 * @param toolResult the result that is checked
 * @param toolIndex which call or message that is
 * @param tools what the request offers to the model
 * @param messages the conversation
 * @param variables the context variables
 * @param model which main model the request has chosen
 * @param deadline when the check must be done
 * @param actions where actions are found
 * @param recorder where it is written down
 * @param use what of it the check has looked at
 */
record RailRun(
        Stage stage,
        String text,
        List<ContentPart> parts,
        String userText,
        String botText,
        Optional<String> reasoning,
        List<String> relevantChunks,
        Optional<ToolCall> toolCall,
        Optional<ToolResult> toolResult,
        int toolIndex,
        List<Map<String, Object>> tools,
        List<Message> messages,
        Map<String, Object> variables,
        ChosenModel model,
        Deadline deadline,
        ActionBook actions,
        RailRecorder recorder,
        ContextUse use)
        implements RailContext {

    /** The variables that hold what the user said: contract "config and rails" 2.5. */
    private static final Set<String> OF_USER = Set.of("user_message", "last_user_message");

    static RailRun of(
            Stage stage, Subject subject, Turn turn, Deadline deadline, ActionBook actions, RailRecorder recorder) {
        String text = subject.text();
        ContextUse use = new ContextUse();
        return new RailRun(
                stage,
                text,
                subject.parts(),
                stage == Stage.INPUT ? text : turn.userText(),
                stage == Stage.OUTPUT ? text : turn.botText(),
                Optional.of(turn.reasoning()).filter(thoughts -> !thoughts.isEmpty()),
                List.copyOf(turn.chunks()),
                subject.toolCall(),
                subject.toolResult(),
                subject.toolIndex(),
                turn.tools(),
                turn.messages(),
                use.watched(variables(stage, subject, turn), stage == Stage.INPUT ? OF_USER : Set.of()),
                turn.model(),
                deadline,
                actions,
                recorder,
                use);
    }

    /** A rail that reads the text under check from a variable must read the right one. */
    private static Map<String, Object> variables(Stage stage, Subject subject, Turn turn) {
        Map<String, Object> ofTool = subject.variables();
        if (ofTool.isEmpty()) {
            return turn.variables();
        }
        Map<String, Object> variables = new LinkedHashMap<>(turn.variables());
        variables.putAll(ofTool);
        if (stage == Stage.INPUT) {
            variables.put("user_message", subject.text());
        } else if (stage == Stage.OUTPUT) {
            variables.put("bot_message", subject.text());
        }
        return Collections.unmodifiableMap(variables);
    }

    @Override
    public List<ContentPart> parts() {
        if (!parts.stream().allMatch(ContentPart::isText)) {
            use.look();
        }
        return parts;
    }

    @Override
    public String userText() {
        if (stage != Stage.INPUT) {
            use.look();
        }
        return userText;
    }

    @Override
    public String botText() {
        use.look();
        return botText;
    }

    @Override
    public Optional<String> reasoning() {
        use.look();
        return reasoning;
    }

    @Override
    public List<String> relevantChunks() {
        use.look();
        return relevantChunks;
    }

    @Override
    public List<Map<String, Object>> tools() {
        use.look();
        return tools;
    }

    @Override
    public List<Message> messages() {
        use.look();
        return messages;
    }

    @Override
    public List<Message> prompt() {
        use.look();
        return Collections.unmodifiableList(model.instructions().before(messages, relevantChunks));
    }

    @Override
    public ChatResponse generate(ChatModel asked, String task, ChatRequest request) {
        return ask(asked, task, request, CallBook.of(recorder));
    }

    /** @param book where the call is written down */
    ChatResponse ask(ChatModel asked, String task, ChatRequest request, CallBook book) {
        ChatRequest named = model.named(asked, request);
        ChatModel chosen = model.asked(asked);
        use.asked(chosen, named);
        return RecordedCall.of(chosen, model.type(asked), task, named, deadline, book);
    }

    @Override
    public Object post(JsonEndpoint endpoint, Object body) {
        return ask(endpoint, body, CallBook.of(recorder));
    }

    /** @param book where the call is written down */
    Object ask(JsonEndpoint endpoint, Object body, CallBook book) {
        use.asked(endpoint, body);
        return RecordedCall.of(endpoint, body, deadline, book);
    }

    @Override
    public Object execute(String action, Map<String, ?> parameters) throws Exception {
        return execute(action, parameters, recorder.observer());
    }

    /** @param observer who watches what executes it */
    Object execute(String action, Map<String, ?> parameters, CallsObserver observer) throws Exception {
        CataloguedAction found = actions.find(action)
                .orElseThrow(() -> new IllegalArgumentException("There is no action '" + action + "'"));
        Map<String, Object> given = Collections.unmodifiableMap(new LinkedHashMap<String, Object>(parameters));
        ActionObserver watching = observer.action(action, given);
        ActionRun run = new ActionRun(this, given, watching);
        Instant startedAt = Instant.now();
        long startNanos = System.nanoTime();
        Object result = null;
        try {
            result = found.plugin().call(() -> found.action().execute(run));
            return result;
        } finally {
            ExecutedAction executed = new ExecutedAction(
                    action,
                    run.parameters(),
                    result,
                    run.calls(),
                    run.endpointCalls(),
                    startedAt,
                    Duration.ofNanos(System.nanoTime() - startNanos));
            recorder.executed(executed);
            watching.ended(executed);
        }
    }
}
