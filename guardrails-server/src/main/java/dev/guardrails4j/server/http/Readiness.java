package dev.guardrails4j.server.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.threads.ThreadKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Whether the server can do its main job: the configuration that serves requests which name none compiles, and what keeps
 * conversation threads and configurations answers. Safe for use by many threads.
 */
final class Readiness {

    private static final int MOST_PROBLEMS = 5;
    private static final int MOST_REJECTED_EDITS = 100;

    /** A thread that nobody can have: it is asked for to see whether the store answers. */
    static final ThreadKey PROBE = new ThreadKey(ThreadKey.EVERYBODY, "");

    /** A configuration that nobody can store. */
    static final ConfigReference CONFIG_PROBE = new ConfigReference("", "");

    private final Configurations configurations;
    private final Optional<String> defaultConfigId;
    private final Optional<Reachability> threads;
    private final Reachability configs;
    private final Drain drain;

    /**
     * @param threads whether what keeps conversation threads can be reached; empty if nothing does
     * @param configs whether what keeps configurations of callers can be reached
     * @param drain whether the server is stopping
     */
    Readiness(
            Configurations configurations,
            Optional<String> defaultConfigId,
            Optional<Reachability> threads,
            Reachability configs,
            Drain drain) {
        this.configurations = configurations;
        this.defaultConfigId = defaultConfigId;
        this.threads = threads;
        this.configs = configs;
        this.drain = drain;
    }

    /** What keeps the server from serving, without the paths of files; empty if nothing does. */
    List<Unready> problems() {
        if (drain.hasBegun()) {
            return List.of(new Unready(null, "The server is stopping"));
        }
        List<Unready> problems = new ArrayList<>(
                defaultConfigId.or(configurations::singleId).map(this::problems).orElse(List.of()));
        if (!threads.map(Reachability::isGiven).orElse(true)) {
            problems.add(new Unready(null, "The conversation threads cannot be reached"));
        }
        if (!configs.isGiven()) {
            problems.add(new Unready(null, "The stored configurations cannot be reached"));
        }
        return problems;
    }

    /** What is wrong with edits that were not taken up; requests run on what was there before. */
    List<Unready> rejectedEdits() {
        return configurations.outdated().entrySet().stream()
                .sorted(Comparator.comparing(entry -> entry.getKey().toString()))
                .flatMap(entry -> told(String.join(", ", entry.getKey()), entry.getValue()))
                .limit(MOST_REJECTED_EDITS)
                .toList();
    }

    private static Stream<Unready> told(String configId, List<Problem> problems) {
        return problems.stream()
                .filter(Problem::isError)
                .limit(MOST_PROBLEMS)
                .map(problem -> new Unready(configId, problem.message()));
    }

    private List<Unready> problems(String configId) {
        try {
            configurations.open(List.of(configId)).close();
            return List.of();
        } catch (InvalidConfigException e) {
            return told(configId, e.problems()).toList();
        } catch (InvalidConfigIdException e) {
            return List.of(new Unready(configId, "There is no such configuration"));
        } catch (RailConfigurationException e) {
            return List.of(new Unready(configId, "The configuration cannot be loaded; the log says why"));
        }
    }

    /**
     * What is not as it should be.
     *
     * @param configId the configuration that it is about, if it is about one
     */
    record Unready(
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String configId,

            String message) {}
}
