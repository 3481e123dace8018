package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.server.threads.ThreadStore;
import java.util.Optional;

/**
 * What a server answers from. All of it remains its maker's, who closes it after the server.
 *
 * @param configurations what requests run on
 * @param threads what keeps conversation threads; empty if nothing does
 * @param challenges what {@code GET /v1/challenges} lists
 */
public record ServerParts(Configurations configurations, Optional<ThreadStore> threads, Challenges challenges) {

    /** Configurations alone. */
    public static ServerParts of(Configurations configurations) {
        return new ServerParts(configurations, Optional.empty(), Challenges.NONE);
    }

    /** The same with conversation threads. */
    public ServerParts with(ThreadStore threads) {
        return new ServerParts(configurations, Optional.of(threads), challenges);
    }

    /** The same with challenges. */
    public ServerParts with(Challenges challenges) {
        return new ServerParts(configurations, threads, challenges);
    }
}
