package dev.guardrails4j.rails.contentsafety.classifier;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.TlsOptions;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the configuration says of one classifier, contract "config and rails" 1.4. All of it is read at once, and held to be
 * right where it is asked for: a classifier that no flow asks may say what it wants.
 */
final class ClassifierSettings {

    private static final String LOCAL = "local";
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private final Settings settings;
    private final Settings parameters;
    private final String engine;
    private final String model;
    private final double threshold;
    private final List<String> blockedLabels;
    private final Duration timeout;
    private final TlsOptions tls;

    private ClassifierSettings(Settings settings) {
        this.settings = settings;
        this.parameters = settings.section("parameters");
        this.engine = settings.string("engine", LOCAL);
        this.model = settings.string("model", "");
        this.threshold = settings.number("threshold", 0.5);
        this.blockedLabels = settings.strings("blocked_labels", List.of());
        this.timeout = parameters.duration("timeout", DEFAULT_TIMEOUT);
        this.tls = new TlsOptions(
                parameters.flag("verify_ssl", true), path("ca_cert"), path("client_cert"), path("client_key"));
        // What kind of model a local one is, and what is read when the classifier is asked.
        settings.string("task", "");
        settings.string("base_url", "");
    }

    static ClassifierSettings read(Settings settings) {
        return new ClassifierSettings(settings);
    }

    /** No flow of this mention asks it: what is left of it is read, so that it is no typing error. */
    void leave() {
        settings.string("api_key_env_var", "");
    }

    ClassifierProtocol protocol() {
        List<String> engines = Arrays.stream(ClassifierProtocol.values())
                .map(ClassifierProtocol::engine)
                .toList();
        return Arrays.stream(ClassifierProtocol.values())
                .filter(protocol -> protocol.engine().equals(engine))
                .findFirst()
                .orElseThrow(() -> settings.error(
                        "engine",
                        "must be one of " + engines
                                + (engine.equals(LOCAL) ? "; there is no model within the process" : "")));
    }

    /** The model's name on its server. */
    String model() {
        if (model.isBlank()) {
            throw settings.error("model", "is missing; name the model that the server has");
        }
        return model;
    }

    /** The least score that counts, 0 to 1. */
    double threshold() {
        if (!(threshold >= 0 && threshold <= 1)) {
            throw settings.error("threshold", "must be from 0 to 1");
        }
        return threshold;
    }

    /** The labels that block; never empty. */
    Set<String> blockedLabels() {
        if (blockedLabels.isEmpty()) {
            throw settings.error("blocked_labels", "names no label, so that nothing would ever be blocked; list one");
        }
        return Set.copyOf(blockedLabels);
    }

    /** @throws RailConfigurationException if there cannot be a server there */
    EndpointAddress address(ClassifierProtocol protocol) {
        URI base = settings.uri("base_url");
        URI uri = URI.create(base.toString().replaceFirst("/+$", "") + protocol.path(model()));
        if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw parameters.error("timeout", "must be from 1ms to 1h");
        }
        if (tls.certificate().isPresent() != tls.key().isPresent()) {
            throw parameters.error(
                    tls.certificate().isPresent() ? "client_cert" : "client_key",
                    "needs the other of client_cert and client_key as well");
        }
        return EndpointAddress.of(ClassifierProtocol.SERVER, uri)
                .withKey(settings.secret("api_key_env_var", uri))
                .withTimeout(timeout)
                .withTls(tls);
    }

    private Optional<Path> path(String key) {
        String path = parameters.string(key, "");
        try {
            return path.isBlank() ? Optional.empty() : Optional.of(Path.of(path));
        } catch (InvalidPathException e) {
            throw parameters.error(key, "is not the path of a file");
        }
    }
}
