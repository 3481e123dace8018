package dev.guardrails4j.testkit;

import dev.guardrails4j.api.ToolCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A real OpenAI-compatible HTTP endpoint on 127.0.0.1 that answers as a test tells it to: point a model's {@code base_url}
 * to {@link #baseUrl()}.
 *
 * <pre>{@code
 * try (ScriptedUpstream upstream = ScriptedUpstream.start()) {
 *     upstream.answer("Hello!").answerWhen("is this safe", "No");
 *     ... // talk to a model whose base_url is upstream.baseUrl()
 *     assertThat(upstream.received()).hasSize(2);
 * }
 * }</pre>
 *
 * <p>Serves {@code POST .../chat/completions}, streamed if the request says {@code "stream": true}, and {@code GET
 * .../models}. Each request has a thread of its own, so that any number of them may be held back at once. Scripts may be
 * changed at any time; what was said last holds. Everything received is kept until {@link #close()}. Safe for use by many
 * threads.
 *
 * @since 0.1
 */
public final class ScriptedUpstream implements AutoCloseable {

    private final ScriptedService service = new ScriptedService();
    private final LoopbackServer server = new LoopbackServer(service::serve);

    private ScriptedUpstream() {}

    /**
     * Starts an endpoint on a free port. Until told otherwise it answers {@code "Scripted answer."}.
     *
     * @throws java.io.UncheckedIOException if no port can be opened
     */
    public static ScriptedUpstream start() {
        return new ScriptedUpstream();
    }

    /** What a model's {@code base_url} is to be: {@code "http://127.0.0.1:PORT/v1"}. */
    public String baseUrl() {
        return "http://127.0.0.1:" + server.port() + "/v1";
    }

    /**
     * From now on every chat completion answers this text; its usage is 7 prompt and 5 completion tokens. Takes the place
     * of what {@link #respond} said.
     *
     * <p>A stream brings it in one chunk a token: a word with the white space after it. Its first event is the role, its
     * last ones are the finish reason, the usage if {@code include_usage} asks for it, and {@code [DONE]}.
     */
    public ScriptedUpstream answer(String text) {
        service.script.answer(text);
        return this;
    }

    /**
     * From now on a request whose body contains {@code bodyContains} is answered with {@code text}. Asked before {@link
     * #answer} and {@link #respond}, in the order in which the rules were added. The body is JSON: quotes and line breaks
     * are escaped in it.
     */
    public ScriptedUpstream answerWhen(String bodyContains, String text) {
        service.script.answerWhen(bodyContains, text);
        return this;
    }

    /**
     * From now on every request, {@code GET .../models} included, is answered by this script. It runs on the request's own
     * thread. A script that throws is answered with status 500 and what it threw. Takes the place of what {@link #answer}
     * said.
     */
    public ScriptedUpstream respond(Function<Received, Response> script) {
        service.script.replace(script);
        return this;
    }

    /** From now on requests are answered so, one after the other; the last answer is given from then on. */
    public ScriptedUpstream respondInTurn(Response... answers) {
        List<Response> inTurn = List.of(answers);
        AtomicInteger next = new AtomicInteger();
        return respond(request -> inTurn.get(Math.min(next.getAndIncrement(), inTurn.size() - 1)));
    }

    /** What came, in the order in which it came. */
    public List<Received> received() {
        return service.received();
    }

    /**
     * How many answers could not be delivered because the client had gone. Only an answer that is longer than the socket's
     * buffers notices, or one that still has something to send: a {@linkplain Response#dripping dripping} or {@linkplain
     * Response#pausing pausing} one.
     */
    public int abandoned() {
        return service.abandoned.get();
    }

    /** How many bytes of answers the sockets have taken so far, heads not counted. Grows while an answer is sent. */
    public long sentBytes() {
        return service.sentBytes.get();
    }

    /** How many connections requests have come over. */
    public int connections() {
        return service.clients.size();
    }

    /** Closes the port and every connection, and interrupts requests that are held back. */
    @Override
    public void close() {
        server.close();
    }

    /**
     * A request as it came.
     *
     * @param path the path with the query: {@code "/v1/chat/completions"}
     * @param headers by lower-case name; several values are joined by {@code ", "}
     * @param body the body as UTF-8; empty if there is none
     */
    public record Received(String path, Map<String, String> headers, String body) {

        public Received {
            headers = Map.copyOf(headers);
        }
    }

    /**
     * An answer. Immutable: every method gives another one. Without a {@code Content-Type} among its headers it is sent as
     * JSON, or as a stream of events.
     */
    public static final class Response {

        private final int status;
        private final Map<String, String> headers;
        private final Content content;
        private final Delivery delivery;

        private Response(int status, Map<String, String> headers, Content content, Delivery delivery) {
            this.status = status;
            this.headers = Map.copyOf(headers);
            this.content = content;
            this.delivery = delivery;
        }

        private Response(Content content) {
            this(200, Map.of(), content, Delivery.WHOLE);
        }

        /** Whatever is wanted. */
        public Response(int status, Map<String, String> headers, String body) {
            this(status, headers, Content.json(body), Delivery.WHOLE);
        }

        /** Status 200 with this body, which need not be JSON. */
        public static Response json(String body) {
            return new Response(200, Map.of(), body);
        }

        /** A chat completion of one message with this text; a stream if the request wants one. */
        public static Response answer(String text) {
            return new Response(Content.of(Completion.of(text)));
        }

        /** A chat completion, or a stream, with this {@code reasoning_content} and this text. */
        public static Response reasoned(String reasoning, String text) {
            return new Response(Content.of(Completion.reasoned(reasoning, text)));
        }

        /** A chat completion, or a stream, that asks for these tools and says nothing. */
        public static Response toolCalls(ToolCall... calls) {
            return new Response(Content.of(Completion.toolCalls(List.of(calls))));
        }

        /** A stream of these chunks of text, whatever the request wants: between the role and the finish reason. */
        public static Response stream(String... chunks) {
            return new Response(Content.streamed(Completion.chunks(List.of(chunks))));
        }

        /** A stream of this {@code reasoning_content}, then of this text, a chunk a token. */
        public static Response streamReasoned(String reasoning, String text) {
            return new Response(Content.streamed(Completion.reasoned(reasoning, text)));
        }

        /** A stream of these calls: each with id and name first, then with its arguments, a chunk a token. */
        public static Response streamToolCalls(ToolCall... calls) {
            return new Response(Content.streamed(Completion.toolCalls(List.of(calls))));
        }

        /** A stream of this chunk of text over and over, until the client goes. */
        public static Response endless(String chunk) {
            return new Response(
                    200, Map.of(), Content.events(Completion.contentEvent(chunk)), EventDelivery.PLAIN.endless());
        }

        /** Status 200 with these events, which need not be any: {@code "data: [DONE]\n\n"}. */
        public static Response sse(String body) {
            return new Response(Content.events(body));
        }

        /** A list of models with these ids. */
        public static Response models(String... ids) {
            return json(Quoted.models(List.of(ids)));
        }

        /** A refusal with an error object, as OpenAI gives it. */
        public static Response error(int status, String message, String code) {
            return new Response(status, Map.of(), Quoted.error(message, code));
        }

        /** No answer at all: the connection is closed when the request has been read. */
        public static Response dropped() {
            return json("").over(Delivery.NOTHING);
        }

        /** The same with this header. */
        public Response header(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Response(status, more, content, delivery);
        }

        /** The same, but nothing is sent before {@code latch} is at zero. */
        public Response heldUntil(CountDownLatch latch) {
            return over(delivery.after(latch));
        }

        /** The same, but the connection breaks in the middle of the body. */
        public Response brokenOff() {
            return over(Delivery.HALF);
        }

        /** The same, but the headers and then one byte of the body after the other are sent, with a pause after each. */
        public Response dripping(Duration pause) {
            return over(Delivery.dripping(pause));
        }

        /** The same stream, but the connection breaks after so many of its events. The first one is the role. */
        public Response brokenOffAfter(int events) {
            return over(events().brokenOffAfter(events));
        }

        /** The same stream, but with a pause after each of its events. */
        public Response pausing(Duration pause) {
            return over(events().pausing(pause));
        }

        /** The same stream, but after so many of its events nothing more is sent before {@code latch} is at zero. */
        public Response heldAfter(int events, CountDownLatch latch) {
            return over(events().heldAfter(events, latch));
        }

        public int status() {
            return status;
        }

        public Map<String, String> headers() {
            return headers;
        }

        /** The body for a request that does not ask for a stream. */
        public String body() {
            return content.wanted(Content.Wish.WHOLE).text();
        }

        void send(Received request, Wire wire) throws IOException, InterruptedException {
            Content.Body body = content.wanted(Content.Wish.of(request));
            wire.header("Content-Type", body.type());
            headers.forEach(wire::header);
            Delivery chosen = body.isEvents() && delivery == Delivery.WHOLE ? EventDelivery.PLAIN : delivery;
            chosen.send(wire, status, body.text().getBytes(StandardCharsets.UTF_8));
        }

        private EventDelivery events() {
            return delivery instanceof EventDelivery events ? events : EventDelivery.PLAIN;
        }

        private Response over(Delivery other) {
            return new Response(status, headers, content, other);
        }
    }
}
