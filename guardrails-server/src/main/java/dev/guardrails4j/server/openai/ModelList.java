package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.OfferedModel;
import java.util.List;

/**
 * The answer of {@code GET /v1/models}, contract "chat server" 1.6, with the {@code object} that OpenAI's own has.
 *
 * @param object {@code "list"}
 * @param data the models
 */
public record ModelList(String object, List<Entry> data) {

    /** The list of what an endpoint offers. */
    public static ModelList of(List<OfferedModel> models) {
        return new ModelList(
                "list",
                models.stream()
                        .map(model -> new Entry(model.id(), model.created(), "model", model.ownedBy()))
                        .toList());
    }

    /**
     * One model.
     *
     * @param created in seconds of the epoch
     * @param object {@code "model"}
     */
    public record Entry(String id, long created, String object, String ownedBy) {}
}
