package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.engine.model.CachedEndpoint;
import dev.guardrails4j.engine.model.CachedModel;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/**
 * What a check has used of what surrounds its text. If it has looked at nothing else, it will decide the same wherever it
 * sees the same text. Safe for use by many threads.
 */
final class ContextUse {

    private final Queue<Runnable> answers = new ConcurrentLinkedQueue<>();
    private volatile boolean looked;

    /** It looks at something else. */
    void look() {
        looked = true;
    }

    boolean hasLooked() {
        return looked;
    }

    /** It has asked a model, which may remember what it answers. */
    void asked(ChatModel model, ChatRequest request) {
        if (model instanceof CachedModel cached) {
            answers.add(() -> cached.forget(request));
        }
    }

    /** It has asked a server, which may remember what it answers. */
    void asked(JsonEndpoint endpoint, Object body) {
        if (endpoint instanceof CachedEndpoint cached) {
            answers.add(() -> cached.forget(body));
        }
    }

    /** The check has failed, perhaps for what a model has answered: whoever asks next shall not be answered the same. */
    void forgetAnswers() {
        answers.forEach(Runnable::run);
    }

    /**
     * Variables that notice when they are read.
     *
     * @param ofText those that hold the text under check, and nothing else
     */
    Map<String, Object> watched(Map<String, Object> variables, Set<String> ofText) {
        return new AbstractMap<>() {

            @Override
            public @Nullable Object get(@Nullable Object name) {
                lookAt(name);
                return variables.get(name);
            }

            @Override
            public boolean containsKey(@Nullable Object name) {
                lookAt(name);
                return variables.containsKey(name);
            }

            @Override
            public Set<Entry<String, Object>> entrySet() {
                look();
                return variables.entrySet();
            }

            private void lookAt(@Nullable Object name) {
                if (!ofText.contains(name)) {
                    look();
                }
            }
        };
    }
}
