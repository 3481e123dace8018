package dev.guardrails4j.engine.model;

import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.message.BasicHeader;

/** How an API lists its models, contract "chat server" 1.6. */
enum ListingDialect {
    OPENAI("MAIN_MODEL_BASE_URL", "", "OPENAI_API_KEY", ""),
    ANTHROPIC("MAIN_MODEL_BASE_URL", "https://api.anthropic.com", "ANTHROPIC_API_KEY", "anthropic"),
    AZURE("AZURE_OPENAI_ENDPOINT", "", "AZURE_OPENAI_API_KEY", "azure"),
    COHERE("COHERE_BASE_URL", "https://api.cohere.com", "COHERE_API_KEY", "cohere");

    /** The environment variable that says where the API is. */
    final String urlVariable;

    /** Where it is if the variable does not say; empty if nobody can know. */
    final String defaultUrl;

    /** The environment variable that holds the key. */
    final String keyVariable;

    /** Whose models are that do not say so; empty if nobody can know. */
    final String owner;

    ListingDialect(String urlVariable, String defaultUrl, String keyVariable, String owner) {
        this.urlVariable = urlVariable;
        this.defaultUrl = defaultUrl;
        this.keyVariable = keyVariable;
        this.owner = owner;
    }

    /** @param engine as {@code MAIN_MODEL_ENGINE} names it, in lower case */
    static ListingDialect of(String engine) {
        return switch (engine) {
            case "anthropic" -> ANTHROPIC;
            case "azure", "azure_openai" -> AZURE;
            case "cohere" -> COHERE;
            default -> OPENAI;
        };
    }

    /** The list's path below the base URL. */
    String path(BaseUrl base) {
        return switch (this) {
            case OPENAI, ANTHROPIC -> base.hasVersion() ? "/models" : "/v1/models";
            case AZURE -> "/openai/models";
            case COHERE -> "/v2/models";
        };
    }

    List<Header> headers(Optional<String> key) {
        return switch (this) {
            case OPENAI, COHERE -> secret("Authorization", key.map(value -> "Bearer " + value));
            case AZURE -> secret("api-key", key);
            case ANTHROPIC ->
                key.<List<Header>>map(value -> List.of(version(), new BasicHeader("x-api-key", value, true)))
                        .orElseGet(() -> List.of(version()));
        };
    }

    /** The key of the answer that holds the list. */
    String listKey() {
        return this == COHERE ? "models" : "data";
    }

    /** The key of an entry that holds its id. */
    String idKey() {
        return this == COHERE ? "name" : "id";
    }

    private static List<Header> secret(String name, Optional<String> value) {
        return value.<Header>map(secret -> new BasicHeader(name, secret, true)).stream()
                .toList();
    }

    private static Header version() {
        return new BasicHeader("anthropic-version", "2023-06-01");
    }
}
