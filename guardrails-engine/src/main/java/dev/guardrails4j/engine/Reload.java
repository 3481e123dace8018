package dev.guardrails4j.engine;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.Problem;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Fills a snapshot after some configurations have changed: with what the snapshot before it has, where nothing changed, and
 * with what is compiled anew. For one use by one thread.
 */
final class Reload {

    private static final Logger LOG = LoggerFactory.getLogger(Reload.class);

    private final Set<String> changed;
    private final Map<List<String>, Compiled> before;
    private final Function<List<String>, Compiled> compiler;
    private final Set<List<Problem>> told = new HashSet<>();

    Reload(Set<String> changed, Map<List<String>, Compiled> before, Function<List<String>, Compiled> compiler) {
        this.changed = changed;
        this.before = before;
        this.compiler = compiler;
    }

    void into(Snapshot next) {
        // Each alone first: what is wrong with a configuration is told under its own name.
        changed.stream().sorted().map(List::of).forEach(id -> renew(id, next));
        before.forEach((ids, outcome) -> {
            if (Collections.disjoint(ids, changed)) {
                next.keep(ids, outcome);
            } else if (ids.size() > 1) {
                renew(ids, next);
            }
        });
    }

    private void renew(List<String> ids, Snapshot next) {
        Optional<Compiled> old = Optional.ofNullable(before.get(ids)).filter(Compiled::isUsable);
        try {
            Compiled renewed = compile(ids);
            if (renewed.isUsable()) {
                next.add(ids, renewed);
                LOG.atLevel(ids.size() == 1 ? Level.INFO : Level.DEBUG).log("{} was read anew", name(ids));
            } else {
                tell(ids, old.isPresent(), renewed.problems());
                old.ifPresentOrElse(
                        served -> next.keep(ids, served.outdated(renewed.problems())), () -> next.add(ids, renewed));
            }
        } catch (InvalidConfigIdException gone) {
            LOG.info("{} is no longer there", name(ids));
        }
    }

    /** A fault of one configuration must not keep the others from being renewed. */
    private Compiled compile(List<String> ids) {
        try {
            return compiler.apply(ids);
        } catch (InvalidConfigIdException gone) {
            throw gone;
        } catch (InvalidConfigException unusable) {
            return Compiled.broken(unusable.problems());
        } catch (RuntimeException | LinkageError | StackOverflowError fault) {
            LOG.error("{} cannot be compiled", name(ids), fault);
            return Compiled.broken(List.of(
                    Problem.error(new Location(String.join(", ", ids), 0), "cannot be compiled; the log says why")));
        }
    }

    private void tell(List<String> ids, boolean isServed, List<Problem> problems) {
        if (told.add(problems)) {
            LOG.warn(
                    "{} cannot be used as it is now{}:{}",
                    name(ids),
                    isServed ? "; the version before it is still served" : "",
                    problems.stream().map(problem -> "\n  " + problem).collect(Collectors.joining()));
        }
    }

    private static String name(List<String> ids) {
        return (ids.size() == 1 ? "Configuration " : "The combination ") + String.join(", ", ids);
    }
}
