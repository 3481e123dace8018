package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.engine.CallerConfigurations;
import dev.guardrails4j.engine.CompilerBusyException;
import dev.guardrails4j.engine.ConfigPart;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.CallerConfig;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.wire.PythonText;
import dev.guardrails4j.server.wire.RequestException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the configurations that requests name or bring, contract "checks" 3.4. Safe for use by many threads.
 */
public final class RequestedConfigs {

    private static final String MODELS = "models";
    private static final Logger LOG = LoggerFactory.getLogger(RequestedConfigs.class);

    private final CallerConfigurations configurations;
    private final OperatorConfigs operators;
    private final StoredParts stored;

    RequestedConfigs(CallerConfigurations configurations, OperatorConfigs operators, StoredParts stored) {
        this.configurations = configurations;
        this.operators = operators;
        this.stored = stored;
    }

    /**
     * Opens a configuration that a request carries.
     *
     * @param config an object
     * @return to be closed by the caller when its request has ended
     * @throws RequestException if it cannot be used; it says everything that is wrong
     */
    public Guardrails inline(JsonNode config) {
        return inline(new ConfigPart.OfCaller(CallerConfig.inline(config)));
    }

    /**
     * The same with the models of one of the operator's configurations, if it has none of its own and there is a lender:
     * contract "checks" 10.
     *
     * @param lender the id of that configuration
     */
    public Guardrails inline(JsonNode config, Optional<String> lender) {
        JsonNode models = config.path(MODELS);
        if (!models.isMissingNode() && !models.isNull() && !models.isArray()) {
            throw RequestException.of(
                    422, "Invalid inline config: 'models' must be a list, got " + PythonText.typeOf(models));
        }
        return inline(new ConfigPart.OfCaller(CallerConfig.inline(config), lender));
    }

    private Guardrails inline(ConfigPart part) {
        try {
            return open(List.of(part));
        } catch (InvalidConfigException e) {
            throw RequestException.invalid(ConfigViolations.ofInline(e.problems()));
        }
    }

    /**
     * Opens configurations by their names, combined if they are several.
     *
     * @param workspace the workspace of names that name none
     * @param references each {@code name} or {@code workspace/name}, at least one; the later one wins
     * @return to be closed by the caller when its request has ended
     * @throws RequestException if one is malformed, is not there, or cannot be used
     */
    public Guardrails named(String workspace, List<String> references) {
        List<ConfigReference> names = references.stream()
                .map(reference -> reference(reference, workspace))
                .toList();
        List<ConfigPart> parts = names.stream().map(this::part).toList();
        try {
            return open(parts);
        } catch (InvalidConfigIdException removed) {
            LOG.debug("Configurations {} were removed", names, removed);
            throw notFound(names.get(0));
        } catch (InvalidConfigException e) {
            throw unusable(names, parts, e);
        }
    }

    /**
     * Opens configurations of which one at least is no folder of the operator's, combined if they are several.
     *
     * @param references each {@code name}, of the workspace {@code default}, or {@code workspace/name}
     * @return empty if all are folders, or one is not there; to be closed by the caller when its request has ended
     * @throws InvalidConfigException if they cannot be used
     */
    public Optional<Guardrails> withStored(List<String> references) {
        List<ConfigPart> parts = references.stream()
                .flatMap(reference -> ConfigReference.parse(reference, Workspaces.DEFAULT).stream())
                .flatMap(reference -> find(reference).stream())
                .toList();
        return parts.size() < references.size() || parts.stream().allMatch(ConfigPart.OfFolder.class::isInstance)
                ? Optional.empty()
                : Optional.of(open(parts));
    }

    private static ConfigReference reference(String text, String workspace) {
        return ConfigReference.parse(text, workspace)
                .orElseThrow(() -> RequestException.of(
                        422, "invalid entity reference '" + text + "'; expected 'name' or 'workspace/name'"));
    }

    private Guardrails open(List<ConfigPart> parts) {
        try {
            return configurations.open(parts);
        } catch (CompilerBusyException e) {
            throw RequestException.withCode(503, String.valueOf(e.getMessage()), "queue_full");
        }
    }

    private ConfigPart part(ConfigReference reference) {
        return find(reference).orElseThrow(() -> notFound(reference));
    }

    private Optional<ConfigPart> find(ConfigReference reference) {
        return operators.part(reference).or(() -> stored.find(reference).map(ConfigPart.OfCaller::new));
    }

    private static RequestException notFound(ConfigReference reference) {
        return RequestException.of(400, "Guardrail config not found for ID: " + reference);
    }

    /** What is wrong with the operator's configurations is the operator's to know. */
    private static RequestException unusable(
            List<ConfigReference> names, List<ConfigPart> parts, InvalidConfigException e) {
        if (parts.stream().allMatch(ConfigPart.OfCaller.class::isInstance)) {
            return RequestException.invalid(ConfigViolations.ofStored(e.problems()));
        }
        LOG.warn("Configurations {} cannot be used:\n{}", names, e.getMessage());
        return RequestException.of(
                422,
                "Guardrail config cannot be used: %s. The log of the server says why."
                        .formatted(String.join(
                                ", ",
                                names.stream().map(ConfigReference::toString).toList())));
    }
}
