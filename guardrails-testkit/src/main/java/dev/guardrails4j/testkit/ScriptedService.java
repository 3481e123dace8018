package dev.guardrails4j.testkit;

import com.sun.net.httpserver.HttpExchange;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Answers requests as its script says, and remembers what came and went. Safe for use by many threads. */
final class ScriptedService {

    final Script script = new Script();
    final AtomicInteger abandoned = new AtomicInteger();
    final AtomicLong sentBytes = new AtomicLong();
    final Set<SocketAddress> clients = ConcurrentHashMap.newKeySet();
    private final List<Received> received = Collections.synchronizedList(new ArrayList<>());

    List<Received> received() {
        return List.copyOf(received);
    }

    void serve(HttpExchange exchange) {
        try (exchange) {
            clients.add(exchange.getRemoteAddress());
            Wire wire = new Wire(exchange, sentBytes);
            Received request = wire.receive();
            received.add(request);
            script.choose(request).send(request, wire);
        } catch (IOException e) {
            abandoned.incrementAndGet();
        } catch (InterruptedException e) {
            // Closed while the answer was held back: the thread ends here, and the connection with it.
            Thread.currentThread().interrupt();
        }
    }
}
