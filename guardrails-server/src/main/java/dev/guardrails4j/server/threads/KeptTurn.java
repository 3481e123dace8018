package dev.guardrails4j.server.threads;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import java.util.ArrayList;
import java.util.List;

/** A turn on a thread. */
final class KeptTurn implements ChatTurn {

    private final ThreadStore store;
    private final ThreadKey key;
    private int before;
    private boolean isGenerated;

    KeptTurn(ThreadStore store, ThreadKey key) {
        this.store = store;
        this.key = key;
    }

    @Override
    public GenerationRequest continuing(GenerationRequest request) {
        StoredThread earlier = store.read(key).orElse(new StoredThread(List.of(), 0));
        isGenerated = request.options().dialog();
        if (isGenerated) {
            long added = request.messages().isEmpty()
                    ? 0
                    : EncodedTurn.of(request.messages()).bytes();
            store.limits()
                    .require(earlier.messages().size() + request.messages().size() + 1L, earlier.bytes() + added);
        }
        before = earlier.messages().size();
        return request.after(earlier.messages());
    }

    @Override
    public void keep(GenerationResult result, Message answer) {
        boolean isRefused =
                result.block().map(block -> block.stage() != Stage.OUTPUT).orElse(false);
        if (isGenerated && !isRefused) {
            List<Message> asked = result.asked();
            List<Message> turn = new ArrayList<>(asked.subList(before, asked.size()));
            // What was kept from the model is not kept here either: it would be sent to the model with the next turn.
            turn.add(result.unrestored().orElse(answer));
            store.append(key, turn);
        }
    }
}
