package dev.guardrails4j.rails.contentsafety.grounding;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.judging.ServerAnswer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code alignscore check facts}: asks an AlignScore server, {@code fact_checking.parameters.endpoint}, how well the retrieved
 * text supports the answer. Contract "config and rails" 4.9.
 *
 * <p>Runs only if the context variable {@code check_facts} is true. Without retrieved text there is nothing to hold the
 * answer against, and it passes. If the server fails, {@code self_check_facts} is asked instead where {@code
 * fact_checking.fallback_to_self_check} says so; else the rail fails, where the reference lets the answer pass.
 */
public final class AlignScoreRail implements Rail {

    private static final String SECTION = "fact_checking";
    private static final String PARAMETERS = "parameters";
    private static final String ENDPOINT = "endpoint";
    private static final String FALLBACK = "fallback_to_self_check";
    private static final String SERVER = "alignscore";
    private static final double LEAST_SCORE = 0.5;
    private static final String SELF_CHECK = "self_check_facts";

    @Override
    public String name() {
        return "alignscore check facts";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.OUTPUT);
    }

    @Override
    public String description() {
        return "Asks an AlignScore server whether the retrieved text supports the answer, if check_facts is true.";
    }

    @Override
    public Refusal refusal() {
        return Refusal.answerUnknown().withException("AlignScoreCheckFactRailException");
    }

    @Override
    public List<Setting> settings() {
        return List.of(Setting.section(
                SECTION,
                "How answers are held against their evidence.",
                Setting.section(
                        PARAMETERS,
                        "The server.",
                        Setting.string(ENDPOINT, "The whole address of the AlignScore server.")
                                .required()),
                Setting.flag(FALLBACK, "Whether the prompt self_check_facts is asked if the server fails.")
                        .defaultsTo(false)));
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.to(
                "the server of fact_checking.parameters.endpoint",
                "the model of self_check_facts, where fallback_to_self_check is true");
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Settings settings = setup.settings(SECTION);
        EndpointAddress address =
                EndpointAddress.of(SERVER, settings.section(PARAMETERS).uri(ENDPOINT));
        Optional<Judge> fallback = settings.flag(FALLBACK, false)
                ? Optional.of(
                        setup.judge(JudgeTask.of(SELF_CHECK, SELF_CHECK, "main").withDefaultParser("is_content_safe")))
                : Optional.empty();
        AlignScore score = new AlignScore(setup.endpoint(address));
        return context -> context.flag("check_facts") ? check(score, fallback, context) : Verdict.allow();
    }

    private static Verdict check(AlignScore server, Optional<Judge> fallback, RailContext context) {
        Evidence evidence = Evidence.of(context);
        if (evidence.isMissing()) {
            return Verdict.allow();
        }
        double score;
        try {
            score = server.of(evidence, context);
        } catch (ModelException | JudgementException e) {
            return selfCheck(fallback.orElseThrow(() -> e), evidence, context);
        }
        Verdict verdict = score < LEAST_SCORE ? Verdict.block("not supported by the evidence") : Verdict.allow();
        return verdict.with("alignscore", score);
    }

    /** Asks as {@code self check facts} does: "yes", which reads as not safe, is that the evidence supports the answer. */
    private static Verdict selfCheck(Judge judge, Evidence evidence, RailContext context) {
        boolean supported = !judge.judge(context, Map.of("evidence", evidence.text(), "response", evidence.claim()))
                .safe();
        return (supported ? Verdict.allow() : Verdict.block("not supported by the evidence"))
                .with("fallback", SELF_CHECK);
    }

    /** The server. */
    private record AlignScore(JsonEndpoint endpoint) {

        double of(Evidence evidence, RailContext context) {
            Object answer = context.post(endpoint, Map.of("evidence", evidence.text(), "claim", evidence.claim()));
            return ServerAnswer.of(SERVER, answer).score("alignscore");
        }
    }
}
