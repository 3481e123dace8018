package dev.guardrails4j.testkit;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What surrounds the text that a harness lets its rail check. */
final class HarnessContext implements RailContext {

    private final RailHarness harness;
    private final Stage stage;
    private final String text;

    HarnessContext(RailHarness harness, Stage stage, String text) {
        this.harness = harness;
        this.stage = stage;
        this.text = text;
    }

    @Override
    public Stage stage() {
        return stage;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public List<ContentPart> parts() {
        return harness.parts;
    }

    @Override
    public String userText() {
        return stage == Stage.INPUT ? text : harness.userText;
    }

    @Override
    public String botText() {
        return stage == Stage.OUTPUT ? text : "";
    }

    @Override
    public Optional<String> reasoning() {
        return harness.reasoning;
    }

    @Override
    public List<String> relevantChunks() {
        return harness.relevantChunks;
    }

    @Override
    public Optional<ToolCall> toolCall() {
        return harness.toolCall;
    }

    @Override
    public Optional<ToolResult> toolResult() {
        return harness.toolResult;
    }

    @Override
    public int toolIndex() {
        return harness.toolIndex;
    }

    @Override
    public List<Map<String, Object>> tools() {
        return harness.tools;
    }

    @Override
    public Deadline deadline() {
        return new EndlessDeadline();
    }

    @Override
    public List<Message> messages() {
        return harness.messages.orElseGet(() -> List.of(Message.user(userText())));
    }

    @Override
    public List<Message> prompt() {
        return Stream.concat(harness.instructions.stream(), messages().stream()).toList();
    }

    @Override
    public Map<String, Object> variables() {
        return Collections.unmodifiableMap(new LinkedHashMap<>(harness.variables));
    }

    @Override
    public ChatResponse generate(ChatModel model, String task, ChatRequest request) {
        harness.modelQuestions.add(new RailHarness.ModelQuestion(model.name(), task, request));
        return model.generate(request, deadline());
    }

    @Override
    public Object execute(String action, Map<String, ?> parameters) {
        throw new IllegalArgumentException("there is no action '" + action + "'");
    }
}
