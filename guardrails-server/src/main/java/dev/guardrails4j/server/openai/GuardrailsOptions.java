package dev.guardrails4j.server.openai;

import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.server.openai.ReplyOptions.LogParts;
import dev.guardrails4j.server.openai.ReplyOptions.OutputVariables;
import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.Scalars;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What stands below {@code guardrails.options} in a request (contract "chat server" 2).
 *
 * @param rails which rails to run
 * @param parameters parameters for the main model
 * @param reply what is wanted beside the answer
 */
public record GuardrailsOptions(GenerationOptions rails, Map<String, Object> parameters, ReplyOptions reply) {

    /** A request that wants nothing special. */
    public static final GuardrailsOptions NONE =
            new GuardrailsOptions(GenerationOptions.ALL, Map.of(), ReplyOptions.NONE);

    public GuardrailsOptions {
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /** Reads an object that need not be there; what is wrong with it is recorded. */
    public static GuardrailsOptions read(Field options) {
        if (options.isMissing() || !options.isObject()) {
            return NONE;
        }
        return new GuardrailsOptions(
                RailChoices.read(options.at("rails")),
                ModelParameters.readNested(options.at("llm_params")),
                new ReplyOptions(
                        flag(options.at("llm_output")), variables(options.at("output_vars")), log(options.at("log"))));
    }

    private static OutputVariables variables(Field variables) {
        if (!variables.isGiven()) {
            return OutputVariables.NONE;
        }
        if (variables.node().isArray()) {
            return new OutputVariables(false, variables.strings().orElse(List.of()));
        }
        if (!Scalars.isFlag(variables.node())) {
            variables.reject("Input should be a valid boolean or list");
            return OutputVariables.NONE;
        }
        return flag(variables) ? OutputVariables.ALL : OutputVariables.NONE;
    }

    private static LogParts log(Field log) {
        if (log.isMissing() || !log.isObject()) {
            return LogParts.NONE;
        }
        return new LogParts(
                flag(log.at("activated_rails")),
                flag(log.at("llm_calls")),
                flag(log.at("internal_events")),
                flag(log.at("colang_history")));
    }

    private static boolean flag(Field flag) {
        return !flag.isMissing() && Scalars.flag(flag).orElse(false);
    }
}
