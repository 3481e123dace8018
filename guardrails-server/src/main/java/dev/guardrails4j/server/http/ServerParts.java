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

    /** Parts that every server has; there is nothing else until it is said. */
    public static Builder of(
            Configurations configurations,
            ServerConfigs configs,
            ModelListing models,
            Challenges challenges,
            ThreadKind threadKind) {
        return new Builder(configurations, configs, models, challenges, threadKind);
    }

    /** Says what there is beside them. For one thread, and one server. */
    public static final class Builder {

        private final Configurations configurations;
        private final ServerConfigs configs;
        private final ModelListing models;
        private final Challenges challenges;
        private final ThreadKind threadKind;
        private Optional<ThreadStore> threads = Optional.empty();
        private Optional<Actions> actions = Optional.empty();
        private Optional<AccessControl> access = Optional.empty();
        private Optional<Metrics> metrics = Optional.empty();
        private Optional<AuditLog> audit = Optional.empty();
        private Optional<Tracing> tracing = Optional.empty();

        private Builder(
                Configurations configurations,
                ServerConfigs configs,
                ModelListing models,
                Challenges challenges,
                ThreadKind threadKind) {
            this.configurations = configurations;
            this.configs = configs;
            this.models = models;
            this.challenges = challenges;
            this.threadKind = threadKind;
        }

        /** What keeps conversation threads. */
        public Builder threads(Optional<ThreadStore> store) {
            this.threads = store;
            return this;
        }

        /** What clients may execute. */
        public Builder actions(Optional<Actions> executed) {
            this.actions = executed;
            return this;
        }

        /** How callers are told apart. */
        public Builder access(Optional<AccessControl> control) {
            this.access = control;
            return this;
        }

        /** Where is counted what happens. */
        public Builder metrics(Optional<Metrics> counted) {
            this.metrics = counted;
            return this;
        }

        /** Where decisions are written. */
        public Builder audit(Optional<AuditLog> log) {
            this.audit = log;
            return this;
        }

        /** What makes spans. */
        public Builder tracing(Optional<Tracing> spans) {
            this.tracing = spans;
            return this;
        }

        /** The parts. */
        public ServerParts build() {
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
                    tracing);
        }
    }
}
