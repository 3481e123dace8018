package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Asks a model for streams. Learns whether it takes {@code stream_options}: an endpoint that refuses them is asked again
 * without, and never asked with them again. Safe for use by many threads.
 */
final class ModelStreams {

    private final Endpoint endpoint;
    private final ModelHttpClient client;
    private final RequestWriter requests;
    private final RefusalReader refusals;
    private final AnswerReader answers;
    private volatile boolean takesNoOptions;

    ModelStreams(
            Endpoint endpoint,
            ModelHttpClient client,
            RequestWriter requests,
            RefusalReader refusals,
            AnswerReader answers) {
        this.endpoint = endpoint;
        this.client = client;
        this.requests = requests;
        this.refusals = refusals;
        this.answers = answers;
    }

    /**
     * Asks for a stream, and waits for its first byte.
     *
     * @throws ModelException if there is none
     */
    ChatStream open(String model, ChatRequest request, Deadline deadline) {
        URI uri = endpoint.uri(model);
        Exchange exchange = client.begin(endpoint, deadline);
        try {
            Opened opened = ask(exchange, uri, model, request);
            return read(opened.body()
                    .orElseThrow(() -> refusals.read(opened.answer(), client.retryAfter(opened.answer()))));
        } catch (IOException e) {
            exchange.abort();
            exchange.close();
            throw TransportFailure.of(e);
        } catch (RuntimeException | Error e) {
            exchange.abort();
            exchange.close();
            throw e;
        }
    }

    private Opened ask(Exchange exchange, URI uri, String model, ChatRequest request) {
        if (takesNoOptions) {
            return client.open(exchange, endpoint, uri, requests.writeStreamed(model, request, false));
        }
        Opened opened = client.open(exchange, endpoint, uri, requests.writeStreamed(model, request, true));
        if (!refusesOptions(opened.answer())) {
            return opened;
        }
        Opened again = client.open(exchange, endpoint, uri, requests.writeStreamed(model, request, false));
        // Not from the refusal alone: one for another reason may quote the request.
        takesNoOptions = again.answer().isSuccess();
        return again;
    }

    private static boolean refusesOptions(HttpAnswer answer) {
        if (answer.status() != 400 && answer.status() != 422) {
            return false;
        }
        String refusal = new String(answer.body(), StandardCharsets.UTF_8);
        return refusal.contains("stream_options") || refusal.contains("include_usage");
    }

    /** Told apart by their beginning: endpoints that do not stream answer in one, and not all say what they send. */
    private ChatStream read(ArrivingBody body) throws IOException {
        int first = body.peek();
        while (first == ' ' || first == '\t' || first == '\r' || first == '\n') {
            body.read();
            first = body.peek();
        }
        if (first == '{') {
            return ChatStream.of(answers.read(body.readRest(client.maxAnswerBytes())));
        }
        if (first == '[' || first == '"' || first == '<') {
            body.failed();
            throw TransportFailure.notAnAnswer("it is neither JSON nor a stream of events");
        }
        return new EventStream(body, new StreamedAnswer(refusals, client.maxAnswerBytes()));
    }
}
