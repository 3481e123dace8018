package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The trust in one configuration of the operator's: it may reach for anything on the hosts that are allowed, and what it reaches for is remembered, because
 * callers' configurations may then reach for the same.
 */
final class OperatorTrust implements Trust {

    private final Function<String, Optional<String>> environment;
    private final AllowedHosts hosts;
    private final Map<HttpAddress, Set<String>> addresses = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> engines = new ConcurrentHashMap<>();

    /** @param environment the value of an environment variable by its name */
    OperatorTrust(Function<String, Optional<String>> environment, AllowedHosts hosts) {
        this.environment = Objects.requireNonNull(environment, "environment is null");
        this.hosts = Objects.requireNonNull(hosts, "hosts is null");
    }

    @Override
    public boolean isOperators() {
        return true;
    }

    @Override
    public Optional<String> value(String variable) {
        return environment.apply(variable);
    }

    @Override
    public Optional<String> problemOf(URI address) {
        variablesOf(address);
        return hosts.problemOf(address);
    }

    @Override
    public Optional<String> problemOfHost(URI address) {
        return hosts.problemOf(address);
    }

    @Override
    public Optional<String> problemOfVariable(String variable) {
        return Optional.empty();
    }

    @Override
    public Optional<String> problemOfKey(String variable, URI destination) {
        variablesOf(destination).add(variable);
        return Optional.empty();
    }

    @Override
    public Optional<String> problemOfEngine(String engine) {
        variablesOf(engine);
        return Optional.empty();
    }

    @Override
    public Optional<String> problemOfKey(String variable, String engine) {
        variablesOf(engine).add(variable);
        return Optional.empty();
    }

    @Override
    public Optional<String> problemOfText(String key, String text) {
        if (ReachingText.isAddress(text)) {
            try {
                return problemOf(HttpAddress.parse(text, RailConfigurationException::new));
            } catch (RailConfigurationException notCalledOverHttp) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }

    @Override
    public Reach reached() {
        return new Reach(addresses, engines);
    }

    /** The trust in what is made of this configuration and another one of the operator's. */
    OperatorTrust and(OperatorTrust other) {
        OperatorTrust both = new OperatorTrust(environment, hosts);
        Reach reach = reached().and(other.reached());
        reach.addresses()
                .forEach((address, variables) -> both.variablesOf(address).addAll(variables));
        reach.engines().forEach((engine, variables) -> both.variablesOf(engine).addAll(variables));
        return both;
    }

    private Set<String> variablesOf(URI address) {
        return variablesOf(HttpAddress.of(address).withoutVersion());
    }

    private Set<String> variablesOf(HttpAddress address) {
        return addresses.computeIfAbsent(address, unknown -> ConcurrentHashMap.newKeySet());
    }

    private Set<String> variablesOf(String engine) {
        return engines.computeIfAbsent(engine, unknown -> ConcurrentHashMap.newKeySet());
    }
}
