package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What is loaded, and what with.
 *
 * @param name on the command line and of the files
 * @param mocks the models, the first of which answers callers
 * @param configs the server's configurations by their ids, each a {@code config.yml}
 * @param serverOptions of the server's command line, beside where it listens and its configurations
 * @param ways what is asked, beside the model itself and nginx before it
 */
record LoadScenario(
        String name,
        List<Mock> mocks,
        Function<Addresses, Map<String, String>> configs,
        List<String> serverOptions,
        List<Way> ways) {

    /**
     * A model.
     *
     * @param answer what it always says
     * @param latencyMillis how long it takes
     */
    record Mock(String answer, int latencyMillis) {}

    /**
     * One kind of request.
     *
     * @param name as tables show it
     * @param target made when it is known who listens where
     * @param expected is in every right answer; what gives another answer is not measured
     */
    record Way(String name, Function<Addresses, Target> target, String expected) {}

    LoadScenario {
        mocks = List.copyOf(mocks);
        serverOptions = List.copyOf(serverOptions);
        ways = List.copyOf(ways);
    }

    /** A chat completion through the server, on one of its configurations. */
    static Way chat(String name, String configId) {
        return new Way(
                name,
                addresses -> Target.chatCompletions(addresses.server().resolve("/v1"), configId),
                MockCommand.ANSWER);
    }
}
