package dev.guardrails4j.server.threads;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.TokenUsage;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.trace.GenerationLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KeptTurnTest {

    private static final ThreadKey KEY = new ThreadKey(ThreadKey.EVERYBODY, "thread-0123456789");

    @Test
    void keepsWhatTheRailsLeftOfTheTextAndNotTheTextThatWasSent() {
        try (ThreadStore store = ThreadStores.memory(ThreadLimits.DEFAULT)) {
            List<Message> earlier = List.of(Message.user("Hello!"), Message.assistant("Hi!"));
            store.append(KEY, earlier);
            ChatTurn turn = new ChatThreads(Optional.of(store)).begin(KEY.scope(), Optional.of(KEY.id()));

            GenerationRequest request =
                    turn.continuing(GenerationRequest.of(List.of(Message.user("I am Ann of 1 Main Street"))));
            Message answer = Message.assistant("Nice to meet you");
            turn.keep(resultOf(List.of(earlier.get(0), earlier.get(1), Message.user("I am <PERSON>")), answer), answer);

            assertThat(request.messages()).hasSize(3);
            assertThat(store.read(KEY).orElseThrow().messages())
                    .extracting(Message::text)
                    .containsExactly("Hello!", "Hi!", "I am <PERSON>", "Nice to meet you");
        }
    }

    private static GenerationResult resultOf(List<Message> asked, Message answer) {
        return new GenerationResult(
                asked,
                answer,
                Optional.empty(),
                "",
                "stop",
                Optional.empty(),
                TokenUsage.NONE,
                Map.of(),
                Map.of(),
                new GenerationLog(List.of(), Duration.ZERO));
    }
}
