package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * The trust in a configuration that came over HTTP: it reaches what the operator's configurations reach and the operator
 * allows, and nothing else. The same is said of a variable that is not set and of one that is but may not be used.
 */
final class CallerTrust implements Trust {

    private static final String NOT_FOR_CALLERS =
            "a configuration that came over HTTP may use only %s that the operator's"
                    + " own configurations use or caller_configs in server.yml allows";
    private static final String ADDRESS =
            "is not an address that may be called; " + NOT_FOR_CALLERS.formatted("addresses");
    private static final String KEY =
            "names a variable that may not be sent there; " + NOT_FOR_CALLERS.formatted("keys");
    private static final String ENGINE = "is not an engine that may be used; " + NOT_FOR_CALLERS.formatted("engines");

    private final Function<String, Optional<String>> environment;
    private final AllowedHosts hosts;
    private final Reach reach;

    /**
     * @param environment the value of an environment variable by its name
     * @param reach what may be reached
     */
    CallerTrust(Function<String, Optional<String>> environment, AllowedHosts hosts, Reach reach) {
        this.environment = Objects.requireNonNull(environment, "environment is null");
        this.hosts = Objects.requireNonNull(hosts, "hosts is null");
        this.reach = Objects.requireNonNull(reach, "reach is null");
    }

    @Override
    public boolean isOperators() {
        return false;
    }

    @Override
    public Optional<String> value(String variable) {
        return reach.coversVariable(variable) ? environment.apply(variable) : Optional.empty();
    }

    @Override
    public Optional<String> problemOf(URI address) {
        return unless(address.getRawUserInfo() == null && reach.covers(address), ADDRESS)
                .or(() -> hosts.problemOf(address));
    }

    @Override
    public Optional<String> problemOfHost(URI address) {
        return hosts.problemOf(address);
    }

    @Override
    public Optional<String> problemOfVariable(String variable) {
        return unless(reach.coversVariable(variable), KEY);
    }

    @Override
    public Optional<String> problemOfKey(String variable, URI destination) {
        return unless(reach.covers(variable, destination), KEY);
    }

    @Override
    public Optional<String> problemOfEngine(String engine) {
        return unless(reach.coversEngine(engine), ENGINE);
    }

    @Override
    public Optional<String> problemOfKey(String variable, String engine) {
        return unless(reach.coversEngine(engine, variable), KEY);
    }

    @Override
    public Optional<String> problemOfText(String key, String text) {
        return switch (ReachingText.of(key, text)) {
            case FILE -> Optional.of("names a file, which a configuration that came over HTTP may not");
            case VARIABLE ->
                Optional.of("names an environment variable, which a configuration that came over HTTP may not here");
            case ADDRESS -> unless(coversText(text), ADDRESS);
            case NOTHING -> Optional.empty();
        };
    }

    private boolean coversText(String text) {
        try {
            URI address = HttpAddress.parse(text, RailConfigurationException::new);
            return reach.covers(address) && hosts.problemOf(address).isEmpty();
        } catch (RailConfigurationException noAddress) {
            return false;
        }
    }

    @Override
    public Reach reached() {
        return reach;
    }

    private static Optional<String> unless(boolean isAllowed, String problem) {
        return isAllowed ? Optional.empty() : Optional.of(problem);
    }
}
