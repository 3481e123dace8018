package dev.guardrails4j.server.threads;

import java.util.List;

/**
 * Some threads of a scope.
 *
 * @param threads in the order of their ids
 * @param hasMore whether others follow
 */
public record ThreadPage(List<ThreadSummary> threads, boolean hasMore) {

    public ThreadPage {
        threads = List.copyOf(threads);
    }

    /** @param found as many as were asked for, and one more if there is one */
    static ThreadPage of(List<ThreadSummary> found, int limit) {
        return new ThreadPage(found.subList(0, Math.min(limit, found.size())), found.size() > limit);
    }
}
