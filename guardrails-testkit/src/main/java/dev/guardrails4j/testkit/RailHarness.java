package dev.guardrails4j.testkit;

import dev.guardrails4j.api.CallContext;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.api.ToolResult;
import dev.guardrails4j.api.Verdict;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Configures a rail and lets it check a text, as the engine would, without an engine:
 *
 * <pre>{@code
 * Verdict verdict = RailHarness.of(new CompetitorRail())
 *         .settings("competitor_check", Map.of("names", List.of("Acme")))
 *         .check(Stage.INPUT, "Is Acme cheaper?");
 * }</pre>
 *
 * <p>A setting or parameter that the rail does not read is an error here too. Judges are scripted; every prompt is there
 * unless {@link #withoutPrompt} says otherwise; models and servers are those given with {@link #model} and {@link
 * #endpoint}. There are no actions, and the deadline never ends. For one thread.
 *
 * @since 0.1
 */
public final class RailHarness {

    final Rail rail;
    final Map<String, String> parameters = new LinkedHashMap<>();
    final Map<String, MapSettings> settings = new LinkedHashMap<>();
    final Map<String, String> environment = new LinkedHashMap<>();
    final Map<String, Function<ChatRequest, ChatResponse>> models = new LinkedHashMap<>();
    final Map<URI, UnaryOperator<Object>> endpoints = new LinkedHashMap<>();
    final Set<String> missingPrompts = new HashSet<>();
    final Map<String, Object> variables = new LinkedHashMap<>();
    final List<JudgeQuestion> judgeQuestions = Collections.synchronizedList(new ArrayList<>());
    final List<ModelQuestion> modelQuestions = Collections.synchronizedList(new ArrayList<>());
    final List<EndpointQuestion> endpointQuestions = Collections.synchronizedList(new ArrayList<>());
    Supplier<Judgement> judgement = () -> {
        throw new IllegalStateException("the rail asks a judge; say what it answers with judgeSays(...)");
    };
    List<String> relevantChunks = List.of();
    Optional<List<Message>> messages = Optional.empty();
    List<Message> instructions = List.of();
    Optional<String> reasoning = Optional.empty();
    Optional<ToolCall> toolCall = Optional.empty();
    Optional<ToolResult> toolResult = Optional.empty();
    List<Map<String, Object>> tools = List.of();
    int toolIndex;
    boolean compat;
    List<ContentPart> parts = List.of();
    String userText = "";
    boolean fromCaller;

    private RailHarness(Rail rail) {
        this.rail = rail;
    }

    public static RailHarness of(Rail rail) {
        return new RailHarness(rail);
    }

    /**
     * A parameter of the flow reference.
     *
     * @param name without the {@code $}
     */
    public RailHarness parameter(String name, String value) {
        parameters.put(name, value);
        return this;
    }

    /** A section of {@code rails.config}, in JSON-like values. */
    public RailHarness settings(String section, Map<String, ?> values) {
        settings.put(section, new MapSettings("rails.config." + section, true, values, environment));
        return this;
    }

    /** The configuration is a caller's, and so {@linkplain dev.guardrails4j.api.RailSetup#isTrusted not trusted}. */
    public RailHarness fromCaller() {
        this.fromCaller = true;
        return this;
    }

    /** An environment variable, for {@link dev.guardrails4j.api.Settings#secret}; there are no others. */
    public RailHarness environment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** The configuration wants answers read as the reference reads them. */
    public RailHarness compat() {
        this.compat = true;
        return this;
    }

    /** A model of the configuration, of which it is given the first of each type. */
    public RailHarness model(String type, Function<ChatRequest, ChatResponse> answer) {
        models.put(type, answer);
        return this;
    }

    /**
     * A server that takes and gives JSON.
     *
     * @param uri what is posted to
     * @param answer what it answers to what is posted, in JSON-like values; throws what {@link
     *     dev.guardrails4j.api.JsonEndpoint#post} may throw
     */
    public RailHarness endpoint(String uri, UnaryOperator<Object> answer) {
        endpoints.put(URI.create(uri), answer);
        return this;
    }

    /** The configuration has no prompt for this task. */
    public RailHarness withoutPrompt(String task) {
        missingPrompts.add(task);
        return this;
    }

    /** What every judge answers from now on. */
    public RailHarness judgeSays(boolean safe, String... violations) {
        Judgement answer = new Judgement(safe, List.of(violations));
        this.judgement = () -> answer;
        return this;
    }

    /** Every judge fails from now on, with what {@link dev.guardrails4j.api.Judge#judge} may throw. */
    public RailHarness judgeFails(RuntimeException failure) {
        this.judgement = () -> {
            throw failure;
        };
        return this;
    }

    /** A context variable, name without {@code $}. */
    public RailHarness variable(String name, Object value) {
        variables.put(name, value);
        return this;
    }

    /** The conversation; what the user wrote, if this is not called. */
    public RailHarness messages(Message... conversation) {
        this.messages = Optional.of(List.of(conversation));
        return this;
    }

    /** The parts that the text under check was found in; none if this is not called. */
    public RailHarness parts(ContentPart... found) {
        this.parts = List.of(found);
        return this;
    }

    /** What the main model is told before the conversation; nothing, if this is not called. */
    public RailHarness instructions(String text) {
        this.instructions = List.of(Message.system(text));
        return this;
    }

    /** What the user last wrote, for checks of other stages than {@link Stage#INPUT}. */
    public RailHarness userText(String text) {
        this.userText = text;
        return this;
    }

    /** The model's reasoning behind its answer. */
    public RailHarness reasoning(String text) {
        this.reasoning = Optional.of(text);
        return this;
    }

    /** What retrieval found. */
    public RailHarness relevantChunks(String... chunks) {
        this.relevantChunks = List.of(chunks);
        return this;
    }

    /** A tool that the request offers to the model, as the OpenAI chat API describes it; one more each time. */
    public RailHarness tool(Map<String, Object> tool) {
        List<Map<String, Object>> more = new ArrayList<>(tools);
        more.add(tool);
        this.tools = List.copyOf(more);
        return this;
    }

    /** The call of a tool that is checked. */
    public RailHarness toolCall(ToolCall call) {
        this.toolCall = Optional.of(call);
        return this;
    }

    /** The result of a tool that is checked. */
    public RailHarness toolResult(ToolResult result) {
        this.toolResult = Optional.of(result);
        return this;
    }

    /** Which call, or which message, that is; the first if this is not called. */
    public RailHarness toolIndex(int index) {
        this.toolIndex = index;
        return this;
    }

    /**
     * Configures the rail for a stage.
     *
     * @throws dev.guardrails4j.api.RailConfigurationException if the rail refuses the configuration, or leaves a setting
     *     or parameter unread
     * @throws IllegalArgumentException if the rail is not for this stage
     */
    public RailCheck configure(Stage stage) {
        if (!rail.stages().contains(stage)) {
            throw new IllegalArgumentException("'" + rail.name() + "' is not for " + stage);
        }
        HarnessSetup setup = new HarnessSetup(this, stage);
        RailCheck check = rail.configure(setup);
        setup.refuseUnread();
        return check;
    }

    /** What a {@linkplain #configure configured} check is given with a text: to check often, as benchmarks do. */
    public RailContext context(Stage stage, String text) {
        return new HarnessContext(this, stage, text);
    }

    /** Where the rail's description differs from what it reads; empty if nowhere. */
    List<String> describedWrongly(Stage stage) {
        HarnessSetup setup = new HarnessSetup(this, stage);
        rail.configure(setup);
        return setup.describedWrongly();
    }

    /** Configures the rail for a stage and lets it check a text; throws what it throws. */
    public Verdict check(Stage stage, String text) throws Exception {
        return configure(stage).check(context(stage, text));
    }

    /** What judges were asked so far, in order. */
    public List<JudgeQuestion> judgeQuestions() {
        return List.copyOf(judgeQuestions);
    }

    /** What models were asked so far through {@link CallContext#generate}, in order. */
    public List<ModelQuestion> modelQuestions() {
        return List.copyOf(modelQuestions);
    }

    /** What servers were asked so far, in order. */
    public List<EndpointQuestion> endpointQuestions() {
        return List.copyOf(endpointQuestions);
    }

    /**
     * A question to a judge.
     *
     * @param task as the rail described it
     * @param variables as the rail gave them to the prompt
     */
    public record JudgeQuestion(JudgeTask task, Map<String, Object> variables) {}

    /**
     * A question to a model.
     *
     * @param type the model's type
     * @param task what the rail said the call is for
     * @param request what was asked
     */
    public record ModelQuestion(String type, String task, ChatRequest request) {}

    /**
     * A question to a server.
     *
     * @param address as the rail described it
     * @param body what was posted
     */
    public record EndpointQuestion(EndpointAddress address, Object body) {}
}
