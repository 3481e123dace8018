package dev.guardrails4j.server.checks;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.server.wire.Field;
import java.util.ArrayList;
import java.util.List;

/** Reads the messages of a conversation, strictly: contract "checks" 3.2. */
public final class MessageListReader {

    private MessageListReader() {}

    /** The messages that a list holds; what is wrong with it is recorded. */
    public static List<Message> read(Field messages) {
        if (!MessageShapes.isList(messages)) {
            return List.of();
        }
        List<Message> read = new ArrayList<>();
        for (Field message : messages.items()) {
            if (MessageShapes.check(message)) {
                read.add(MessageConversion.message(message.node()));
            }
        }
        return read;
    }
}
