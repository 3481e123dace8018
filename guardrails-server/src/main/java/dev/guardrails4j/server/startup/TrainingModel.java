package dev.guardrails4j.server.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The model of a server that the JVM watches: answers on the loopback, so that what calls a real one is watched, too. */
final class TrainingModel implements AutoCloseable {

    private static final String CHUNK =
            "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"any\",\"choices\":[{\"index\":0,\"delta\":{%s},\"finish_reason\":%s}]}\n\n";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    TrainingModel() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/v1/models", exchange -> answer(exchange, "application/json", """
                {"object":"list","data":[{"id":"any","object":"model","created":1,"owned_by":"guardrails4j"}]}"""));
        server.createContext("/v1/chat/completions", TrainingModel::complete);
        server.setExecutor(threads);
        server.start();
    }

    /** Its base URL. */
    String url() {
        return "http://127.0.0.1:%d/v1".formatted(server.getAddress().getPort());
    }

    private static void complete(HttpExchange exchange) throws IOException {
        if (new String(exchange.getRequestBody().readAllBytes(), UTF_8).contains("\"stream\":true")) {
            StringBuilder stream =
                    new StringBuilder(CHUNK.formatted("\"role\":\"assistant\",\"content\":\"\"", "null"));
            for (String token : List.of("Thank", " you", " for", " asking", ".", " I", " will", " see", ".")) {
                stream.append(CHUNK.formatted("\"content\":\"" + token + "\"", "null"));
            }
            answer(exchange, "text/event-stream", stream + CHUNK.formatted("", "\"stop\"") + "data: [DONE]\n\n");
        } else {
            answer(exchange, "application/json", """
                    {"id":"chatcmpl-1","object":"chat.completion","created":1,"model":"any","choices":[{"index":0,\
                    "message":{"role":"assistant","content":"Thank you for asking; I will see what I can do for you."},\
                    "finish_reason":"stop"}],"usage":{"prompt_tokens":9,"completion_tokens":12,"total_tokens":21}}""");
        }
    }

    private static void answer(HttpExchange exchange, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
