package dev.guardrails4j.server.http;

import dev.guardrails4j.server.openai.StoredMessages;
import dev.guardrails4j.server.threads.StoredThread;
import dev.guardrails4j.server.threads.ThreadKey;
import dev.guardrails4j.server.threads.ThreadPage;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.threads.ThreadSummary;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /v1/threads}, DESIGN 5: lists, shows and deletes what is kept of
 * conversations, to each caller its own. Safe for use by many threads. */
final class ThreadRoutes {

    private static final int DEFAULT_LIMIT = 20;
    private static final int HIGHEST_LIMIT = 100;

    private final Optional<ThreadStore> store;

    /** @param store empty if no threads are kept */
    ThreadRoutes(Optional<ThreadStore> store) {
        this.store = store;
    }

    /** A page of threads, in the order of their ids. */
    void list(Context context) {
        String after = Optional.ofNullable(context.queryParam("after")).orElse("");
        ThreadPage page =
                store().list(AccessGate.caller(context).threadScope(), after, limit(context.queryParam("limit")));
        json(context, new Page("list", page.threads().stream().map(Entry::of).toList(), page.hasMore()));
    }

    /** All that was said on a thread. */
    void show(Context context) {
        ThreadKey key = key(context);
        StoredThread thread = store().read(key).orElseThrow(ThreadRoutes::unknown);
        json(
                context,
                new Whole(
                        key.id(),
                        "thread",
                        thread.messages().stream().map(StoredMessages::wire).toList()));
    }

    /** Forgets a thread. */
    void delete(Context context) {
        ThreadKey key = key(context);
        if (!store().delete(key)) {
            throw unknown();
        }
        json(context, new Deleted(key.id(), "thread.deleted", true));
    }

    private ThreadStore store() {
        return store.orElseThrow(
                () -> RequestException.of(400, "Conversation threads are not enabled on this server."));
    }

    private static ThreadKey key(Context context) {
        return new ThreadKey(AccessGate.caller(context).threadScope(), context.pathParam("id"));
    }

    private static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        if (!text.matches("\\d{1,3}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > HIGHEST_LIMIT) {
            throw RequestException.of(422, "query.limit: Input should be a whole number from 1 to " + HIGHEST_LIMIT);
        }
        return Integer.parseInt(text);
    }

    private static RequestException unknown() {
        return RequestException.of(404, "There is no such thread");
    }

    private static void json(Context context, Object body) {
        context.contentType(ContentType.JSON).result(Json.write(body));
    }

    private record Page(String object, List<Entry> data, boolean hasMore) {}

    private record Entry(String id, String object, int messageCount, long updatedAt) {

        static Entry of(ThreadSummary thread) {
            return new Entry(
                    thread.id(), "thread", thread.messages(), thread.updatedAt().getEpochSecond());
        }
    }

    private record Whole(String id, String object, List<Map<String, @Nullable Object>> messages) {}

    private record Deleted(String id, String object, boolean deleted) {}
}
