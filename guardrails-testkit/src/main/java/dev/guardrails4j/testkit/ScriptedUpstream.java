package dev.guardrails4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import dev.guardrails4j.api.ToolCall;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
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
 * <p>Serves {@code POST .../chat/completions} and {@code GET .../models}. Each request has a thread of its own, so that
 * any number of them may be held back at once. Scripts may be changed at any time; what was said last holds. Everything
 * received is kept until {@link #close()}. Safe for use by many threads.
 */
public final class ScriptedUpstream implements AutoCloseable {

    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());
    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private final AtomicInteger abandoned = new AtomicInteger();
    private final LoopbackServer server;
    private volatile Function<Received, Response> script = standard("Scripted answer.");

    private ScriptedUpstream() {
        server = new LoopbackServer(this::serve);
    }

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
     */
    public ScriptedUpstream answer(String text) {
        script = standard(text);
        return this;
    }

    /**
     * From now on a request whose body contains {@code bodyContains} is answered with {@code text}. Asked before {@link
     * #answer} and {@link #respond}, in the order in which the rules were added. The body is JSON: quotes and line breaks
     * are escaped in it.
     */
    public ScriptedUpstream answerWhen(String bodyContains, String text) {
        rules.add(new Rule(bodyContains, Response.answer(text)));
        return this;
    }

    /**
     * From now on every request, {@code GET .../models} included, is answered by this script. It runs on the request's own
     * thread. A script that throws is answered with status 500 and what it threw. Takes the place of what {@link #answer}
     * said.
     */
    public ScriptedUpstream respond(Function<Received, Response> script) {
        this.script = script;
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
        return List.copyOf(received);
    }

    /**
     * How many answers could not be delivered because the client had gone. Only an answer that is longer than the socket's
     * buffers, or a {@linkplain Response#dripping dripping} one, notices.
     */
    public int abandoned() {
        return abandoned.get();
    }

    /** Closes the port and every connection, and interrupts requests that are held back. */
    @Override
    public void close() {
        server.close();
    }

    private static Function<Received, Response> standard(String text) {
        return request -> {
            String path = request.path().replaceFirst("\\?.*", "");
            if (path.endsWith("/models")) {
                return Response.models("scripted-model");
            }
            return path.endsWith("/chat/completions")
                    ? Response.answer(text)
                    : Response.error(404, "no such path; known are /v1/chat/completions and /v1/models", "not_found");
        };
    }

    private void serve(HttpExchange exchange) {
        try (exchange) {
            Received request = read(exchange);
            received.add(request);
            choose(request).send(exchange);
        } catch (IOException e) {
            abandoned.incrementAndGet();
        } catch (InterruptedException e) {
            // Closed while the answer was held back: the thread ends here, and the connection with it.
            Thread.currentThread().interrupt();
        }
    }

    private static Received read(HttpExchange exchange) throws IOException {
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        return new Received(exchange.getRequestURI().toString(), headers, body);
    }

    private Response choose(Received request) {
        for (Rule rule : rules) {
            if (request.body().contains(rule.bodyContains())) {
                return rule.response();
            }
        }
        try {
            return script.apply(request);
        } catch (RuntimeException | AssertionError e) {
            return Response.error(500, "the script failed: " + e, "script_failed");
        }
    }

    private record Rule(String bodyContains, Response response) {}

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
     * JSON.
     */
    public static final class Response {

        private final int status;
        private final Map<String, String> headers;
        private final String body;
        private final Delivery delivery;

        private Response(int status, Map<String, String> headers, String body, Delivery delivery) {
            this.status = status;
            this.headers = Map.copyOf(headers);
            this.body = body;
            this.delivery = delivery;
        }

        /** Whatever is wanted. */
        public Response(int status, Map<String, String> headers, String body) {
            this(status, headers, body, Delivery.WHOLE);
        }

        /** Status 200 with this body, which need not be JSON. */
        public static Response json(String body) {
            return new Response(200, Map.of(), body);
        }

        /** A chat completion of one message with this text. */
        public static Response answer(String text) {
            return json(Completion.text(text));
        }

        /** A chat completion whose message has this {@code reasoning_content} and this text. */
        public static Response reasoned(String reasoning, String text) {
            return json(Completion.reasoned(reasoning, text));
        }

        /** A chat completion that asks for these tools and says nothing. */
        public static Response toolCalls(ToolCall... calls) {
            return json(Completion.toolCalls(List.of(calls)));
        }

        /** A list of models with these ids. */
        public static Response models(String... ids) {
            return json(Completion.models(List.of(ids)));
        }

        /** A refusal with an error object, as OpenAI gives it. */
        public static Response error(int status, String message, String code) {
            return new Response(status, Map.of(), Completion.error(message, code));
        }

        /** No answer at all: the connection is closed when the request has been read. */
        public static Response dropped() {
            return new Response(0, Map.of(), "", Delivery.NOTHING);
        }

        /** The same with this header. */
        public Response header(String name, String value) {
            Map<String, String> more = new HashMap<>(headers);
            more.put(name, value);
            return new Response(status, more, body, delivery);
        }

        /** The same, but nothing is sent before {@code latch} is at zero. */
        public Response heldUntil(CountDownLatch latch) {
            return new Response(status, headers, body, delivery.after(latch));
        }

        /** The same, but the connection breaks in the middle of the body. */
        public Response brokenOff() {
            return new Response(status, headers, body, Delivery.HALF);
        }

        /** The same, but the headers and then one byte of the body after the other are sent, with a pause after each. */
        public Response dripping(Duration pause) {
            return new Response(status, headers, body, Delivery.dripping(pause));
        }

        public int status() {
            return status;
        }

        public Map<String, String> headers() {
            return headers;
        }

        public String body() {
            return body;
        }

        void send(HttpExchange exchange) throws IOException, InterruptedException {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            headers.forEach(exchange.getResponseHeaders()::set);
            delivery.send(exchange, status, body.getBytes(StandardCharsets.UTF_8));
        }
    }
}
