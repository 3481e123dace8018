package dev.guardrails4j.engine;

import java.util.Objects;

/**
 * A model that an endpoint offers.
 *
 * @param id what requests call it
 * @param created when it was made, in seconds of the epoch
 * @param ownedBy whose it is
 */
public record OfferedModel(String id, long created, String ownedBy) {

    public OfferedModel {
        Objects.requireNonNull(id, "id is null");
        Objects.requireNonNull(ownedBy, "ownedBy is null");
    }
}
