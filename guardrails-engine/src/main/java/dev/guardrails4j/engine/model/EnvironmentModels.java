package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.ModelListing;
import dev.guardrails4j.engine.OfferedModel;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.hc.core5.net.URIBuilder;

/**
 * The models of the endpoint that the environment names as the main model's, contract "chat server" 1.6. Safe for use by
 * many threads.
 */
public final class EnvironmentModels implements ModelListing {

    private static final int BAD_GATEWAY = 502;
    private static final String ENGINE_VARIABLE = "MAIN_MODEL_ENGINE";
    private static final String DEFAULT_ENGINE = "openai";
    private static final String AZURE_VERSION_VARIABLE = "AZURE_OPENAI_API_VERSION";
    private static final String DEFAULT_AZURE_VERSION = "2024-06-01";
    private static final Set<String> NEED_URL = Set.of("openai", "vllm", "nim", "trt_llm", "azure", "azure_openai");
    private static final Endpoint.Patience PATIENCE =
            new Endpoint.Patience(Duration.ofSeconds(30), Duration.ofSeconds(5), 1);

    private final Function<String, Optional<String>> environment;
    private final ModelHttpClient client;
    private final Clock clock;

    /** @param environment the value of an environment variable by its name */
    public EnvironmentModels(Function<String, Optional<String>> environment, ModelHttpClient client, Clock clock) {
        this.environment = environment;
        this.client = client;
        this.clock = clock;
    }

    @Override
    public List<OfferedModel> models(Optional<String> callersKey) {
        Optional<String> named = variable(ENGINE_VARIABLE);
        String engine = engine();
        ListingDialect dialect = ListingDialect.of(engine);
        Optional<String> url = url(dialect, engine);
        if (url.isEmpty()) {
            if (NEED_URL.contains(engine)) {
                throw failure("The environment variable %s is not set; it says where engine '%s' lists its models"
                                .formatted(dialect.urlVariable, engine))
                        .build();
            }
            return List.of();
        }
        BaseUrl base = baseUrl(dialect, url.get());
        HttpAnswer answer =
                answer(endpoint(base, dialect, key(dialect, engine).or(() -> callersKey)), uri(base, dialect));
        return new ListedModels(dialect, named.orElse("system"), clock.instant()).read(answer);
    }

    @Override
    public boolean isKnown() {
        return url(ListingDialect.of(engine()), engine()).isPresent();
    }

    private String engine() {
        return variable(ENGINE_VARIABLE).orElse(DEFAULT_ENGINE).toLowerCase(Locale.ROOT);
    }

    private Optional<String> url(ListingDialect dialect, String engine) {
        return variable(dialect.urlVariable).or(() -> defaultUrl(dialect, engine));
    }

    /** Where the known engines are that are not bound to be told. */
    private static Optional<String> defaultUrl(ListingDialect dialect, String engine) {
        String url = dialect == ListingDialect.OPENAI && !NEED_URL.contains(engine)
                ? KnownEngine.named(engine).baseUrl()
                : dialect.defaultUrl;
        return Optional.of(url).filter(known -> !known.isEmpty());
    }

    private static Endpoint endpoint(BaseUrl base, ListingDialect dialect, Optional<String> key) {
        if (!key.map(HeaderValues::isValid).orElse(true)) {
            throw failure("The key has characters that no header can carry; it is not shown here")
                    .build();
        }
        return new Endpoint(base.uri(), false, Optional.empty(), List.of(), dialect.headers(key), key, PATIENCE);
    }

    private URI uri(BaseUrl base, ListingDialect dialect) {
        URIBuilder uri = new URIBuilder(URI.create(base.uri() + dialect.path(base)));
        if (dialect == ListingDialect.AZURE) {
            uri.addParameter("api-version", variable(AZURE_VERSION_VARIABLE).orElse(DEFAULT_AZURE_VERSION));
        }
        try {
            return uri.build();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("a base URL that was read has no URI", e);
        }
    }

    private static BaseUrl baseUrl(ListingDialect dialect, String url) {
        try {
            return BaseUrl.parse(url, problem -> new RailConfigurationException(dialect.urlVariable + " " + problem));
        } catch (RailConfigurationException e) {
            throw failure("The environment variable " + e.getMessage()).build();
        }
    }

    private Optional<String> key(ListingDialect dialect, String engine) {
        String ofEngine = KnownEngine.named(engine).keyVariable();
        return Optional.of(ofEngine)
                .filter(name -> !name.isEmpty())
                .flatMap(this::variable)
                .or(() -> variable(dialect.keyVariable));
    }

    private HttpAnswer answer(Endpoint endpoint, URI uri) {
        HttpAnswer answer;
        try {
            answer = client.get(endpoint, uri, new Unhurried());
        } catch (ModelException e) {
            throw failure("Error connecting to upstream model server: " + e.getMessage())
                    .cause(e)
                    .build();
        }
        if (!answer.isSuccess()) {
            ModelException.Builder refusal = ModelException.withMessage(
                            "Error fetching models from upstream (HTTP " + answer.status() + ")")
                    .status(answer.status() >= 400 && answer.status() <= 599 ? answer.status() : 500);
            client.retryAfter(answer).ifPresent(refusal::retryAfter);
            throw refusal.build();
        }
        return answer;
    }

    private Optional<String> variable(String name) {
        return environment.apply(name).map(String::strip).filter(value -> !value.isEmpty());
    }

    private static ModelException.Builder failure(String message) {
        return ModelException.withMessage(message).status(BAD_GATEWAY);
    }

    /** Leaves it to the endpoint's patience when the call ends. */
    private static final class Unhurried implements Deadline {

        @Override
        public Duration remaining() {
            return PATIENCE.total();
        }

        @Override
        public boolean hasEnded() {
            return false;
        }

        @Override
        public Registration onEnd(Runnable abort) {
            return () -> {};
        }
    }
}
