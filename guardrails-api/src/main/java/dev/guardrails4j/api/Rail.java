package dev.guardrails4j.api;

import java.util.List;
import java.util.Set;

/**
 * A kind of check that a configuration can ask for by name. Found by {@link java.util.ServiceLoader}: a jar names its
 * rails, one class a line, in {@code META-INF/services/dev.guardrails4j.api.Rail}. The class must be public, concrete
 * and have a public constructor without parameters.
 *
 * <p>A rail holds no state: everything that belongs to one configuration is made in {@link #configure}, and held by the
 * {@link RailCheck} it returns. Rails must be safe for use by many threads.
 *
 * @since 0.1
 */
public interface Rail {

    /**
     * The flow name by which configurations refer to this rail, without parameters, in lower-case words separated by
     * single blanks: {@code "self check input"}.
     */
    String name();

    /** Where the rail may be listed; never empty. */
    Set<Stage> stages();

    /** What the rail is for, in one sentence for {@code guardrails rails}; empty if it has nothing to say. */
    default String description() {
        return "";
    }

    /**
     * Whether its checks may {@linkplain Verdict#rewrite rewrite} the text. Rails that do run one after the other, before
     * those that only judge, which may run at once. A rail that rewrites without saying so has failed.
     */
    default boolean rewrites() {
        return false;
    }

    /** How a block by this rail is told to the user, unless the verdict {@linkplain Verdict#block(String, String) says}. */
    default Refusal refusal() {
        return Refusal.toRespond();
    }

    /**
     * The {@linkplain ContentPart#type() types} of content parts, beside text, that its checks read with {@link
     * RailContext#parts}: {@code "image_url"}, {@code "file"}. A configuration may refuse parts that none of its rails reads.
     */
    default Set<String> readsParts() {
        return Set.of();
    }

    /**
     * The parameters that a flow reference to the rail may have ({@code $variant=strict}), each a {@linkplain
     * Setting#string string} or {@linkplain Setting#oneOf one of several}; unmodifiable. Others that {@link #configure}
     * reads are allowed as well.
     *
     * @since 0.1
     */
    default List<Setting> parameters() {
        return List.of();
    }

    /**
     * The sections of {@code rails.config} that the rail reads, each a {@linkplain Setting#section section}; unmodifiable.
     * Settings that are described are checked before the rail is configured, and count as known whether it reads them or
     * not.
     *
     * @since 0.1
     */
    default List<Setting> settings() {
        return List.of();
    }

    /**
     * Who gets to see the text under check.
     *
     * @since 0.1
     */
    default Disclosure sendsTextTo() {
        return Disclosure.notStated();
    }

    /**
     * Makes the check that one mention of this rail in a configuration asks for. Called once a mention, when the
     * configuration is loaded. Everything that can be found wrong must be found wrong here, and everything that can be
     * prepared (patterns, prompts, models) must be prepared here.
     *
     * <p>Read every setting and every parameter the rail knows and does not describe, also those it does not need this
     * time: what was neither described nor read is reported to the configuration's author as unknown.
     *
     * @throws RailConfigurationException if the configuration is not one this rail can work with
     */
    RailCheck configure(RailSetup setup);
}
