package dev.guardrails4j.benchmarks;

import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Where the processes of a scenario listen, each as {@code http://127.0.0.1:8000} without a path.
 *
 * @param mocks the models, in the order in which the scenario names them; at least one
 * @param nginx passes on to the first of them; empty where nginx is not installed
 * @param server what is measured
 */
record Addresses(List<URI> mocks, Optional<URI> nginx, URI server) {

    Addresses {
        mocks = List.copyOf(mocks);
    }

    /** The base URL of a model, with {@code /v1}. */
    String model(int number) {
        return mocks.get(number) + "/v1";
    }
}
