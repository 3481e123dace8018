package dev.guardrails4j.server.threads;

import dev.guardrails4j.api.Message;
import java.util.List;

/**
 * What was said on a thread.
 *
 * @param messages all messages, in their order; at least one
 * @param bytes how long they are, as {@link ThreadLimits} counts
 */
public record StoredThread(List<Message> messages, long bytes) {

    public StoredThread {
        messages = List.copyOf(messages);
    }
}
