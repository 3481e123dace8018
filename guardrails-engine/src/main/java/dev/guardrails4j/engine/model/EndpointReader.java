package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ModelSetup;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.engine.model.Endpoint.Patience;
import dev.guardrails4j.engine.model.KnownEngine.Shape;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.NameValuePair;
import org.apache.hc.core5.http.message.BasicHeader;
import org.apache.hc.core5.http.message.BasicNameValuePair;

/** Reads from a model's parameters and the environment where it is asked, contract "config and rails" 1.2 and 6.2. */
final class EndpointReader {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration DEFAULT_CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration MAX_TIMEOUT = Duration.ofHours(1);
    private static final int DEFAULT_MAX_ATTEMPTS = 3;
    private static final int MAX_ATTEMPTS = 10;
    private static final String DEFAULT_AZURE_VERSION = "2024-06-01";
    private static final Set<String> RESERVED_HEADERS =
            Set.of("host", "content-length", "content-type", "transfer-encoding", "connection", "upgrade", "expect");
    private static final Set<String> KEY_HEADERS = Set.of("authorization", "api-key");

    private final Function<String, Optional<String>> environment;
    private final KnownEngine engine;
    private final Optional<String> overridingBaseUrl;
    private final ModelSetup setup;
    private final Settings parameters;

    EndpointReader(
            Function<String, Optional<String>> environment,
            KnownEngine engine,
            Optional<String> overridingBaseUrl,
            ModelSetup setup) {
        this.environment = environment;
        this.engine = engine;
        this.overridingBaseUrl = overridingBaseUrl;
        this.setup = setup;
        this.parameters = setup.parameters();
    }

    /** @throws RailConfigurationException if something is missing or wrong */
    Endpoint read() {
        Optional<String> configured = configuredBaseUrl();
        BaseUrl base = BaseUrl.parse(configured.orElseGet(this::defaultBaseUrl), this::wrongBaseUrl);
        if (overridingBaseUrl.isEmpty()) {
            // Also a usual address must be one that this configuration may call.
            parameters.uri("base_url", base.uri());
        }
        boolean azure = engine.shape() == Shape.AZURE;
        boolean hasDeployments = azure && !base.hasVersion();
        Optional<String> deployment = azure ? text("azure_deployment") : Optional.empty();
        List<NameValuePair> query = query(azure ? azureVersion(hasDeployments) : Optional.empty());
        List<Header> headers = defaultHeaders();
        URI uri = hasDeployments ? base.uri() : base.withVersion();
        Optional<String> key =
                key(headers, uri, configured.filter(url -> !isDefault(url)).isPresent());
        key.map(this::keyHeader).ifPresent(headers::add);
        return new Endpoint(uri, hasDeployments, deployment, query, headers, key, patience());
    }

    private Optional<String> configuredBaseUrl() {
        Optional<String> inConfiguration = text("base_url");
        if (engine.shape() == Shape.AZURE) {
            inConfiguration = inConfiguration.or(() -> text("azure_endpoint"));
        }
        return overridingBaseUrl.isPresent() ? overridingBaseUrl : inConfiguration;
    }

    private String defaultBaseUrl() {
        if (engine.shape() == Shape.AZURE) {
            return variable("AZURE_OPENAI_ENDPOINT")
                    .orElseThrow(() -> parameters.error(
                            "base_url",
                            "is missing: set it, or the environment variable AZURE_OPENAI_ENDPOINT, to the address of"
                                    + " your Azure OpenAI resource"));
        }
        if (engine.baseUrl().isEmpty()) {
            throw parameters.error(
                    "base_url",
                    "is missing: engine '" + engine.name() + "' has no usual address; set base_url to where its"
                            + " OpenAI-compatible API is, such as http://localhost:8000/v1");
        }
        return engine.baseUrl();
    }

    private RailConfigurationException wrongBaseUrl(String problem) {
        String origin = overridingBaseUrl.isPresent() ? "set by the environment variable MAIN_MODEL_BASE_URL, " : "";
        return parameters.error("base_url", origin + problem);
    }

    private boolean isDefault(String url) {
        return url.replaceFirst("/+$", "").equals(engine.baseUrl());
    }

    /** Azure's newer API has its version in the path, and needs no other. */
    private Optional<String> azureVersion(boolean hasDeployments) {
        return text("api_version")
                .or(() -> variable("AZURE_OPENAI_API_VERSION"))
                .or(() -> variable("OPENAI_API_VERSION"))
                .or(() -> hasDeployments ? Optional.of(DEFAULT_AZURE_VERSION) : Optional.empty());
    }

    private List<NameValuePair> query(Optional<String> azureVersion) {
        Settings section = parameters.section("default_query");
        List<NameValuePair> query = new ArrayList<>();
        section.keys().forEach(name -> query.add(new BasicNameValuePair(name, section.literal(name))));
        azureVersion
                .filter(version -> !section.keys().contains("api-version"))
                .ifPresent(version -> query.add(new BasicNameValuePair("api-version", version)));
        return query;
    }

    private List<Header> defaultHeaders() {
        Settings section = parameters.section("default_headers");
        List<Header> headers = new ArrayList<>();
        for (String name : section.keys()) {
            if (!name.matches("[A-Za-z0-9!#$%&'*+.^_`|~-]+")) {
                throw section.error(name, "is not the name of a header");
            }
            if (RESERVED_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
                throw section.error(name, "is set by the HTTP client; remove it");
            }
            String value = section.literal(name);
            if (!HeaderValues.isValid(value)) {
                throw section.error(name, "has characters that no header can carry");
            }
            headers.add(new BasicHeader(name, value));
        }
        return headers;
    }

    /** The key to send. A header of the configuration that carries a key stands for it. */
    private Optional<String> key(List<Header> headers, URI uri, boolean elsewhere) {
        Optional<String> inConfiguration = text("api_key");
        Optional<String> named = setup.apiKey(uri);
        if (headers.stream()
                .anyMatch(header -> KEY_HEADERS.contains(header.getName().toLowerCase(Locale.ROOT)))) {
            return Optional.empty();
        }
        Optional<String> key = named.map(String::strip)
                .filter(value -> !value.isEmpty())
                .or(() -> inConfiguration)
                .or(() -> engine.keyVariable().isEmpty()
                        ? Optional.empty()
                        : setup.usualKey(engine.keyVariable(), uri).map(String::strip));
        if (key.isEmpty() && !engine.keyVariable().isEmpty() && !elsewhere) {
            throw parameters.error(
                    "api_key",
                    "is missing: engine '" + engine.name() + "' needs a key; set the environment variable "
                            + engine.keyVariable() + ", or name another one with api_key_env_var");
        }
        key.filter(value -> !HeaderValues.isValid(value)).ifPresent(value -> {
            throw parameters.error("api_key", "has characters that no header can carry; the key is not shown here");
        });
        return key;
    }

    private Header keyHeader(String key) {
        return engine.shape() == Shape.AZURE
                ? new BasicHeader("api-key", key, true)
                : new BasicHeader("Authorization", "Bearer " + key, true);
    }

    private Patience patience() {
        int maxAttempts = parameters.integer("max_attempts", DEFAULT_MAX_ATTEMPTS);
        if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
            throw parameters.error("max_attempts", "must be from 1 to " + MAX_ATTEMPTS);
        }
        return new Patience(
                timeout("timeout", DEFAULT_TIMEOUT), timeout("timeout_connect", DEFAULT_CONNECT_TIMEOUT), maxAttempts);
    }

    private Duration timeout(String key, Duration defaultValue) {
        Duration timeout = parameters.duration(key, defaultValue);
        if (timeout.isNegative() || timeout.toMillis() == 0 || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw parameters.error(key, "must be from 1ms to 1h");
        }
        return timeout;
    }

    private Optional<String> text(String key) {
        return Optional.of(parameters.string(key, "").strip()).filter(value -> !value.isEmpty());
    }

    private Optional<String> variable(String name) {
        return environment.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }
}
