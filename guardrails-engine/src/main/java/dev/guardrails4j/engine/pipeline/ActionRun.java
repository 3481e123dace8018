package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ActionContext;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.trace.ActionObserver;
import dev.guardrails4j.engine.trace.EndpointCall;
import dev.guardrails4j.engine.trace.ModelCall;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** What an action is given for one execution by a rail. */
final class ActionRun implements ActionContext {

    private final RailRun rail;
    private final Map<String, Object> parameters;
    private final List<ModelCall> calls = new CopyOnWriteArrayList<>();
    private final List<EndpointCall> endpointCalls = new CopyOnWriteArrayList<>();
    private final ActionObserver observer;
    private final CallBook book;

    /** @param observer who watches it */
    ActionRun(RailRun rail, Map<String, Object> parameters, ActionObserver observer) {
        this.rail = rail;
        this.parameters = parameters;
        this.observer = observer;
        this.book = new CallBook(calls::add, endpointCalls::add, observer);
    }

    /** The model calls the action made. */
    List<ModelCall> calls() {
        return List.copyOf(calls);
    }

    /** The calls of other servers the action made. */
    List<EndpointCall> endpointCalls() {
        return List.copyOf(endpointCalls);
    }

    @Override
    public Map<String, Object> parameters() {
        return parameters;
    }

    @Override
    public Deadline deadline() {
        return rail.deadline();
    }

    @Override
    public List<Message> messages() {
        return rail.messages();
    }

    @Override
    public Map<String, Object> variables() {
        return rail.variables();
    }

    @Override
    public ChatResponse generate(ChatModel model, String task, ChatRequest request) {
        return rail.ask(model, task, request, book);
    }

    @Override
    public Object post(JsonEndpoint endpoint, Object body) {
        return rail.ask(endpoint, body, book);
    }

    @Override
    public Object execute(String action, Map<String, ?> actionParameters) throws Exception {
        return rail.execute(action, actionParameters, observer);
    }
}
