package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.Actions;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.ModelListing;
import dev.guardrails4j.engine.ThreadKind;
import dev.guardrails4j.server.access.AccessControl;
import dev.guardrails4j.server.audit.AuditLog;
import dev.guardrails4j.server.configs.ServerConfigs;
import dev.guardrails4j.server.metrics.Metrics;
import dev.guardrails4j.server.threads.ThreadStore;
import dev.guardrails4j.server.tracing.Tracing;
import java.util.Optional;

/**
 * What a server answers from. All of it remains its maker's, who closes it after the server.
 *
 * @param configurations what requests run on
 * @param configs the configurations that callers name, bring, list and write
 * @param models what {@code GET /v1/models} lists
 * @param threads what keeps conversation threads; empty if nothing does
 * @param challenges what {@code GET /v1/challenges} lists
 * @param threadKind what requests run on
 * @param actions what {@code POST /v1/actions/run} executes; empty if clients may execute none
 * @param access how callers are told apart; empty if everybody may call
 * @param metrics where is counted what happens; empty if nothing is
 * @param audit where decisions are written; empty if nowhere
 * @param tracing what makes spans; empty if nothing does
 */
public record ServerParts(
        Configurations configurations,
        ServerConfigs configs,
        ModelListing models,
        Optional<ThreadStore> threads,
        Challenges challenges,
        ThreadKind threadKind,
        Optional<Actions> actions,
        Optional<AccessControl> access,
        Optional<Metrics> metrics,
        Optional<AuditLog> audit,
        Optional<Tracing> tracing) {

    /** For everybody, and nothing is counted. */
    public ServerParts(
            Configurations configurations,
            ServerConfigs configs,
            ModelListing models,
            Optional<ThreadStore> threads,
            Challenges challenges,
            ThreadKind threadKind,
            Optional<Actions> actions) {
        this(
                configurations,
                configs,
                models,
                threads,
                challenges,
                threadKind,
                actions,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    /** Without actions, for everybody, and nothing is counted. */
    public ServerParts(
            Configurations configurations,
            ServerConfigs configs,
            ModelListing models,
            Optional<ThreadStore> threads,
            Challenges challenges,
            ThreadKind threadKind) {
        this(configurations, configs, models, threads, challenges, threadKind, Optional.empty());
    }

    /** The same for those who have keys. */
    public ServerParts withAccess(AccessControl control) {
        return new ServerParts(
                configurations,
                configs,
                models,
                threads,
                challenges,
                threadKind,
                actions,
                Optional.of(control),
                metrics,
                audit,
                tracing);
    }

    /** The same, counted there. */
    public ServerParts withMetrics(Metrics counted) {
        return new ServerParts(
                configurations,
                configs,
                models,
                threads,
                challenges,
                threadKind,
                actions,
                access,
                Optional.of(counted),
                audit,
                tracing);
    }

    /** The same with a log of what is decided. */
    public ServerParts withAudit(AuditLog log) {
        return new ServerParts(
                configurations,
                configs,
                models,
                threads,
                challenges,
                threadKind,
                actions,
                access,
                metrics,
                Optional.of(log),
                tracing);
    }

    /** The same, with spans. */
    public ServerParts withTracing(Tracing traced) {
        return new ServerParts(
                configurations,
                configs,
                models,
                threads,
                challenges,
                threadKind,
                actions,
                access,
                metrics,
                audit,
                Optional.of(traced));
    }
}
