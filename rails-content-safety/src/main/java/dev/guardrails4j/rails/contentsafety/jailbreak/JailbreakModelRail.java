package dev.guardrails4j.rails.contentsafety.jailbreak;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.judging.Blank;
import dev.guardrails4j.rails.contentsafety.judging.ServerAnswer;
import java.util.Map;

/**
 * {@code jailbreak detection model}: asks a classifier whether the user's message is a jailbreak attempt: a NIM ({@code
 * jailbreak_detection.nim_base_url}) or the reference's own server ({@code server_endpoint}). Contract "config and rails" 4.5.
 *
 * <p>A server that fails or does not answer in its protocol fails the rail; the reference lets the message pass.
 */
public final class JailbreakModelRail extends JailbreakRail {

    private static final String NAME = "jailbreak detection model";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Asks a classifier on a server whether the user's message is a jailbreak attempt.";
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.to("the server of jailbreak_detection.nim_base_url, or else of its server_endpoint");
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        JailbreakSettings settings = JailbreakSettings.read(setup);
        String field = settings.nim().isPresent() ? "input" : "prompt";
        EndpointAddress address = settings.nim()
                .or(settings::server)
                .orElseThrow(() -> new RailConfigurationException("the flow '" + NAME + "' needs a server: set"
                        + " nim_base_url or server_endpoint in rails.config.jailbreak_detection; there is no classifier"
                        + " within the process"));
        JsonEndpoint server = setup.endpoint(address.ofModel("jailbreak_detection"));
        return context -> Blank.verdict(context).orElseGet(() -> check(server, field, context));
    }

    private static Verdict check(JsonEndpoint server, String field, RailContext context) {
        ServerAnswer answer = ServerAnswer.of(server.name(), context.post(server, Map.of(field, context.text())));
        Verdict verdict = answer.flag("jailbreak")
                ? Verdict.block("the classifier calls it a jailbreak attempt")
                : Verdict.allow();
        return answer.find("score")
                .filter(Number.class::isInstance)
                .map(score -> verdict.with("score", score))
                .orElse(verdict);
    }
}
