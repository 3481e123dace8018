package dev.guardrails4j.api;

import java.util.List;

/**
 * Who gets to see the texts that a rail checks, besides this process: what an operator must know before personal data goes
 * through it. A statement of the rail's author; nothing enforces it. Immutable.
 *
 * @param isStated whether the author says it at all
 * @param recipients who, in a few words each: {@code "the model that judges"}, {@code "api.acme.example"}; empty if nobody
 * @since 0.1
 */
public record Disclosure(boolean isStated, List<String> recipients) {

    public Disclosure {
        recipients = List.copyOf(recipients);
        if (!isStated && !recipients.isEmpty()) {
            throw new IllegalArgumentException("recipients are stated and not stated");
        }
    }

    /** The author does not say. */
    public static Disclosure notStated() {
        return new Disclosure(false, List.of());
    }

    /** Nothing leaves this process. */
    public static Disclosure toNobody() {
        return new Disclosure(true, List.of());
    }

    /** Texts, or parts of them, are sent to these. */
    public static Disclosure to(String... recipients) {
        return new Disclosure(true, List.of(recipients));
    }
}
