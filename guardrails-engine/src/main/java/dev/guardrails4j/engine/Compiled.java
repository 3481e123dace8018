package dev.guardrails4j.engine;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.pipeline.Blueprint;
import dev.guardrails4j.engine.pipeline.Pipeline;
import dev.guardrails4j.engine.watch.Users;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What compiling a configuration, or several combined, gave: a blueprint, or what is wrong. With both, the blueprint is
 * that of an earlier version, and its users are counted for both. Immutable but for the count; safe for use by many
 * threads.
 *
 * @param blueprint what requests run on
 * @param users who use the blueprint
 * @param problems what keeps the newest version from being used; empty if nothing does
 */
record Compiled(Optional<Blueprint> blueprint, Users users, List<Problem> problems) {

    private static final Duration BROKEN_FOR = Duration.ofSeconds(5);
    private static final Duration FOR_EVER = Duration.ofNanos(Long.MAX_VALUE);

    static Compiled of(Blueprint blueprint) {
        return new Compiled(Optional.of(blueprint), new Users(blueprint::close), List.of());
    }

    static Compiled broken(List<Problem> problems) {
        return new Compiled(Optional.empty(), new Users(() -> {}), problems);
    }

    /** The same blueprint, served although a newer version is there. */
    Compiled outdated(List<Problem> ofNewer) {
        return new Compiled(blueprint, users, ofNewer);
    }

    boolean isUsable() {
        return blueprint.isPresent();
    }

    boolean isOutdated() {
        return isUsable() && !problems.isEmpty();
    }

    /** How long it may be kept. What is broken is compiled again soon: it may have been mended. */
    Duration keptFor() {
        return isUsable() ? FOR_EVER : BROKEN_FOR;
    }

    /**
     * One more use of it, which ends when it is closed; empty if it is no longer to be used.
     *
     * @throws InvalidConfigException if it cannot be used
     */
    Optional<Guardrails> open(Pipeline pipeline) {
        Blueprint opened = blueprint.orElseThrow(() -> new InvalidConfigException(problems));
        return users.enter() ? Optional.of(new Guardrails(opened, pipeline, once(users::leave))) : Optional.empty();
    }

    private static Runnable once(Runnable action) {
        AtomicBoolean done = new AtomicBoolean();
        return () -> {
            if (!done.getAndSet(true)) {
                action.run();
            }
        };
    }
}
