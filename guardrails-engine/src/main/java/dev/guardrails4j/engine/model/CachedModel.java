package dev.guardrails4j.engine.model;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatRequest;
import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.config.ModelCacheConfig;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.RejectedExecutionException;

/**
 * A model whose answers are remembered, contract "config and rails" 6.1: what was asked once with the same messages and
 * parameters is not asked again, and what is asked by several at once is asked once. It belongs to one entry of {@code
 * models}, and so to one endpoint and one key. Streams are not remembered. Safe for use by many threads.
 */
public final class CachedModel implements ChatModel {

    /** Answers that were cut short: the next one may not be. */
    private static final Set<String> INCOMPLETE = Set.of("length", "content_filter");

    /** The longest answer that is kept, in characters; judges answer with a few words. */
    private static final int LONGEST_ANSWER = 16_384;

    private final ChatModel model;
    private final ExecutorService threads;
    private final CacheStatistics statistics;
    private final Cache<String, ChatResponse> answers;
    private final ConcurrentMap<String, SharedCall> running = new ConcurrentHashMap<>();

    /**
     * Remembers what a model answers.
     *
     * @param type the model's type, by which the log tells it from others
     * @param model closed with this
     * @param threads where it is asked
     */
    public CachedModel(String type, ChatModel model, ModelCacheConfig config, ExecutorService threads) {
        this.model = model;
        this.threads = threads;
        this.statistics = new CacheStatistics(type, config);
        this.answers = Caffeine.newBuilder()
                .maximumSize(config.maxSize())
                .evictionListener((key, answer, cause) -> statistics.evicted())
                .executor(Runnable::run)
                .build();
    }

    /**
     * An answer, and where it is from.
     *
     * @param fromCache whether the model was not asked for it, because it had been before or was just being
     */
    public record Answer(ChatResponse response, boolean fromCache) {}

    /** Asks a model, which may be one of these. */
    public static Answer ask(ChatModel model, ChatRequest request, Deadline deadline) {
        return model instanceof CachedModel cached
                ? cached.answer(request, deadline)
                : new Answer(model.generate(request, deadline), false);
    }

    @Override
    public String engine() {
        return model.engine();
    }

    @Override
    public String name() {
        return model.name();
    }

    @Override
    public ChatResponse generate(ChatRequest request, Deadline deadline) {
        return answer(request, deadline).response();
    }

    @Override
    public ChatStream stream(ChatRequest request, Deadline deadline) {
        return model.stream(request, deadline);
    }

    private Answer answer(ChatRequest request, Deadline deadline) {
        String key = key(request);
        while (true) {
            ChatResponse known = answers.getIfPresent(key);
            if (known != null) {
                statistics.hit(answers.estimatedSize());
                return new Answer(known, true);
            }
            SharedCall own = new SharedCall();
            SharedCall other = running.putIfAbsent(key, own);
            SharedCall call = other == null ? own : other;
            if (call.join()) {
                return new Answer(await(call, key, request, deadline, call == own), call != own);
            }
            running.remove(key, call);
        }
    }

    private ChatResponse await(SharedCall call, String key, ChatRequest request, Deadline deadline, boolean isFirst) {
        try {
            if (isFirst) {
                statistics.miss(answers.estimatedSize());
                return call.await(deadline, () -> start(call, key, request));
            }
            statistics.hit(answers.estimatedSize());
            return call.await(deadline, () -> {});
        } finally {
            if (call.isOver()) {
                running.remove(key, call);
            }
        }
    }

    private void start(SharedCall call, String key, ChatRequest request) {
        try {
            var task = threads.submit(CallHeaders.carried(() -> make(call, key, request)));
            // What a model waits for may heed an interrupt only.
            call.deadline().onEnd(() -> task.cancel(true));
        } catch (RejectedExecutionException e) {
            call.failed(TransportFailure.closed(e));
        }
    }

    private void make(SharedCall call, String key, ChatRequest request) {
        try {
            ChatResponse response = model.generate(request, call.deadline());
            if (isWorthKeeping(response)) {
                answers.put(key, withoutRaw(response));
                statistics.put();
            }
            call.answered(response);
        } catch (RuntimeException | Error failure) {
            call.failed(failure);
        } finally {
            running.remove(key, call);
        }
    }

    /** The answer to this request was of no use to who asked: it is to be asked again. */
    public void forget(ChatRequest request) {
        answers.invalidate(key(request));
    }

    /** How many calls are under way. */
    int running() {
        return running.size();
    }

    private static boolean isWorthKeeping(ChatResponse response) {
        return response.choices().stream()
                .allMatch(choice -> !INCOMPLETE.contains(choice.finishReason())
                        && !choice.message().text().isBlank()
                        && choice.message().text().length() + choice.reasoning().length() <= LONGEST_ANSWER);
    }

    /** What came over the wire is many times what it says. */
    private static ChatResponse withoutRaw(ChatResponse response) {
        return new ChatResponse(response.model(), response.choices(), response.usage(), Map.of());
    }

    /** White space counts: for a model it may make the difference. */
    private static String key(ChatRequest request) {
        return Fingerprint.of(
                request.model().orElse(""),
                request.messages().stream().map(CachedModel::values).toList(),
                request.parameters());
    }

    private static List<Object> values(Message message) {
        return List.of(
                message.role().wireName(),
                message.content().stream()
                        .map(part -> List.of(part.type(), part.text(), part.fields()))
                        .toList(),
                message.toolCalls().stream()
                        .map(call -> List.of(call.id(), call.name(), call.arguments()))
                        .toList(),
                message.fields());
    }

    @Override
    public void close() {
        statistics.log(answers.estimatedSize());
        model.close();
    }
}
