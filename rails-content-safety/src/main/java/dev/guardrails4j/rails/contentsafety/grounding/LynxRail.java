package dev.guardrails4j.rails.contentsafety.grounding;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.Map;
import java.util.Set;

/**
 * {@code patronus lynx check output hallucination}: asks a Lynx model, of type {@code patronus_lynx}, whether the answer is
 * faithful to what was retrieved, with the prompt {@code patronus_lynx_check_output_hallucination}, whose variables are {@code
 * user_input}, {@code bot_response} and {@code provided_context}. Contract "config and rails" 4.9.
 *
 * <p>Without retrieved text there is nothing to hold the answer against, and it passes.
 */
public final class LynxRail implements Rail {

    private static final String TASK = "patronus_lynx_check_output_hallucination";
    private static final String MODEL = "patronus_lynx";
    private static final String PARSER = "patronus_lynx_parse_score";

    @Override
    public String name() {
        return "patronus lynx check output hallucination";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public String description() {
        return "Asks a Lynx model whether the answer is faithful to the retrieved text.";
    }

    @Override
    public Refusal refusal() {
        return Refusal.answerUnknown().withException("PatronusAIHallucinationException");
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.to("the model of type " + MODEL);
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Judge judge = setup.judge(JudgeTask.of(TASK, MODEL).withDefaultParser(PARSER));
        return context -> check(judge, context);
    }

    private static Verdict check(Judge judge, RailContext context) {
        Evidence evidence = Evidence.of(context);
        if (evidence.isMissing()) {
            return Verdict.allow();
        }
        boolean faithful = judge.judge(
                        context,
                        Map.of(
                                "user_input", context.userText(),
                                "bot_response", context.text(),
                                "provided_context", evidence.text()))
                .safe();
        return faithful ? Verdict.allow() : Verdict.block("not faithful to the evidence");
    }
}
