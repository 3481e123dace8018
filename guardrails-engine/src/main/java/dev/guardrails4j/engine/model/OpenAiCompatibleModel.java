package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.ModelAccess;
import java.util.Map;

/** A model behind OpenAI's chat completions API. Closing it closes nothing: the connections are the engine's. */
final class OpenAiCompatibleModel implements KeyedModel {

    private final String engine;
    private final String name;
    private final Endpoint endpoint;
    private final Map<String, Object> parameters;
    private final ModelHttpClient client;
    private final RequestWriter requests;
    private final RefusalReader refusals;
    private final AnswerReader answers;
    private final ModelStreams streams;

    /**
     * @param name the model's name; empty if each request names one
     * @param parameters sent with every request that does not set them itself
     */
    OpenAiCompatibleModel(
            String engine, String name, Endpoint endpoint, Map<String, Object> parameters, ModelHttpClient client) {
        this.engine = engine;
        this.name = name;
        this.endpoint = endpoint;
        this.parameters = parameters;
        this.client = client;
        this.requests = new RequestWriter(parameters);
        this.refusals = new RefusalReader(endpoint.key());
        this.answers = new AnswerReader(refusals);
        this.streams = new ModelStreams(endpoint, client, requests, refusals, answers);
    }

    @Override
    public String engine() {
        return engine;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public ChatResponse generate(ChatRequest request, Deadline deadline) {
        String model = model(request);
        HttpAnswer answer = client.post(endpoint, endpoint.uri(model), requests.write(model, request), deadline);
        if (!answer.isSuccess()) {
            throw refusals.read(answer, client.retryAfter(answer));
        }
        return answers.read(answer);
    }

    @Override
    public ChatStream stream(ChatRequest request, Deadline deadline) {
        return streams.open(model(request), request, deadline);
    }

    @Override
    public ChatModel with(ModelAccess access) {
        return new OpenAiCompatibleModel(engine, name, endpoint.with(access), parameters, client);
    }

    private String model(ChatRequest request) {
        String model = request.model().orElse(name);
        if (model.isEmpty()) {
            throw ModelException.withMessage(
                            "no model is named: set `model` in the configuration's models or in the request")
                    .build();
        }
        return model;
    }
}
