package dev.guardrails4j.api;

import java.util.Optional;

/**
 * What a rail is configured from: one mention of it in one configuration. Valid only during {@link Rail#configure}; what
 * it returns may be kept by the check.
 *
 * @since 0.1
 */
public interface RailSetup {

    /** The stage at which the configuration lists the rail; one of {@link Rail#stages()}. */
    Stage stage();

    /** The flow reference as the configuration spells it, with parameters: {@code "self check input $variant=strict"}. */
    String flow();

    /**
     * Whether the configuration is the operator's. One that a caller has sent may ask for nothing that costs more than the
     * text is long, nor for anything of the machine's: files, hosts, environment variables.
     */
    boolean isTrusted();

    /**
     * A parameter of the flow reference: {@code "strict"} for {@code $variant=strict}.
     *
     * @param name without the {@code $}
     */
    Optional<String> parameter(String name);

    /**
     * Whether the configuration wants answers read as the reference reads them, laxly, where that lets pass what is not
     * clear: {@code rails.config.compat: nemo}.
     *
     * @since 0.1
     */
    default boolean compat() {
        return false;
    }

    /**
     * A section of {@code rails.config}. A section that the configuration does not have is given as an empty one, whose
     * required settings are missing.
     */
    Settings settings(String section);

    /**
     * A task prompt of {@code prompts}, chosen for the model that would answer it.
     *
     * @throws RailConfigurationException if the configuration has no prompt for the task
     */
    TaskPrompt prompt(String task);

    /**
     * The first of {@code models} with this type.
     *
     * @throws RailConfigurationException if the configuration has no model of this type
     */
    ChatModel model(String type);

    /** The first of {@code models} with this type, or nothing. */
    Optional<ChatModel> findModel(String type);

    /**
     * A question to a language model whose answer says whether a text is safe, ready to be asked.
     *
     * @throws RailConfigurationException if the configuration has no prompt or no model for it
     */
    Judge judge(JudgeTask task);

    /**
     * An HTTP server that takes and gives JSON, ready to be {@linkplain CallContext#post asked}. Nothing is sent before.
     *
     * @throws RailConfigurationException if there cannot be a server at this address
     */
    JsonEndpoint endpoint(EndpointAddress address);

    /**
     * An action that checks may {@linkplain CallContext#execute execute}; call it in {@link Rail#configure} so that a
     * missing action is found when the configuration is loaded.
     *
     * @throws RailConfigurationException if no jar brings this action
     */
    Action action(String name);
}
