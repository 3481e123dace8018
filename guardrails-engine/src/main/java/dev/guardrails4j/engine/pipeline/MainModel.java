package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.RailConfigurationException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The model that answers. A configuration that only checks needs none: one that cannot be connected is only an error when
 * it is asked.
 */
final class MainModel implements Supplier<ChatModel> {

    private final Optional<ChatModel> model;
    private final String problem;

    private MainModel(Optional<ChatModel> model, String problem) {
        this.model = model;
        this.problem = problem;
    }

    static MainModel of(ChatModel model) {
        return new MainModel(Optional.of(model), "");
    }

    static MainModel missing(String problem) {
        return new MainModel(Optional.empty(), problem);
    }

    /** The model, if it could be connected. */
    Optional<ChatModel> find() {
        return model;
    }

    /** @throws RailConfigurationException if there is none, saying why */
    @Override
    public ChatModel get() {
        return model.orElseThrow(() -> new RailConfigurationException(problem));
    }
}
