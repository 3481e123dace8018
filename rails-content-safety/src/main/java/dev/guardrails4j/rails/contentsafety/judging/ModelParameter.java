package dev.guardrails4j.rails.contentsafety.judging;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;

/** The flow's {@code $model}: the type of the model to ask. */
public final class ModelParameter {

    /** What {@link dev.guardrails4j.api.Rail#parameters} says of it. */
    public static final Setting DESCRIPTION = Setting.string(
                    "model", "The type of the model that judges, one of models.")
            .required();

    /** What a rail that asks it answers to {@link dev.guardrails4j.api.Rail#sendsTextTo}. */
    public static final Disclosure DISCLOSURE = Disclosure.to("the model that $model names");

    private ModelParameter() {}

    /**
     * What the flow says.
     *
     * @throws RailConfigurationException if it does not say
     */
    public static String of(RailSetup setup) {
        return setup.parameter("model")
                .orElseThrow(() -> new RailConfigurationException("the flow '" + setup.flow()
                        + "' does not say which model to ask; add $model= and the type of one of the models"));
    }
}
