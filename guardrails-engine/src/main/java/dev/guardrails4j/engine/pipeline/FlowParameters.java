package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Setting;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.config.Problem;
import java.util.ArrayList;
import java.util.List;

/** Holds the parameters of a flow reference against the description that the rail gives of them. */
final class FlowParameters {

    private FlowParameters() {}

    /** What is missing, and what is none of the values there may be. Unknown parameters are not looked for. */
    static List<Problem> problems(FlowConfig flow, List<Setting> described) {
        List<Problem> problems = new ArrayList<>();
        for (Setting parameter : described) {
            String value = flow.reference().parameters().get(parameter.name());
            if (value == null && parameter.isRequired()) {
                problems.add(Problem.error(
                        flow.location(),
                        "the flow '%s' needs the parameter $%s%s"
                                .formatted(
                                        flow.reference().name(),
                                        parameter.name(),
                                        parameter.description().isEmpty() ? "" : ": " + parameter.description())));
            }
            if (value != null
                    && !parameter.choices().isEmpty()
                    && !parameter.choices().contains(value)) {
                problems.add(Problem.error(
                        flow.location(),
                        "the parameter $%s of the flow '%s' must be one of %s"
                                .formatted(
                                        parameter.name(),
                                        flow.reference().name(),
                                        String.join(", ", parameter.choices()))));
            }
        }
        return problems;
    }
}
