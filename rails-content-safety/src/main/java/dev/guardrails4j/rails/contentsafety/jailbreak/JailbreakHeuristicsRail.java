package dev.guardrails4j.rails.contentsafety.jailbreak;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.jailbreak.JailbreakSettings.Thresholds;
import dev.guardrails4j.rails.contentsafety.judging.Blank;
import dev.guardrails4j.rails.contentsafety.judging.ServerAnswer;
import java.util.List;
import java.util.Map;

/**
 * {@code jailbreak detection heuristics}: asks the reference's own server ({@code jailbreak_detection.server_endpoint})
 * whether the message's perplexity is that of a jailbreak attempt. Contract "config and rails" 4.5.
 *
 * <p>A server that fails or does not answer in its protocol fails the rail; the reference lets the message pass.
 */
public final class JailbreakHeuristicsRail extends JailbreakRail {

    private static final String NAME = "jailbreak detection heuristics";
    private static final List<String> HEURISTICS = List.of("length_per_perplexity", "prefix_suffix_perplexity");

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String description() {
        return "Asks a server whether the perplexity of the user's message is that of a jailbreak attempt.";
    }

    @Override
    public Disclosure sendsTextTo() {
        return Disclosure.to("the server of jailbreak_detection.server_endpoint");
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        JailbreakSettings settings = JailbreakSettings.read(setup);
        EndpointAddress address = settings.server()
                .orElseThrow(() -> new RailConfigurationException("the flow '" + NAME + "' needs a server: set"
                        + " server_endpoint in rails.config.jailbreak_detection; perplexities are not measured within"
                        + " the process"));
        JsonEndpoint server = setup.endpoint(address);
        return context -> Blank.verdict(context).orElseGet(() -> check(server, settings.thresholds(), context));
    }

    private static Verdict check(JsonEndpoint server, Thresholds thresholds, RailContext context) {
        Object body = Map.of(
                "prompt", context.text(),
                "lp_threshold", thresholds.lengthPerPerplexity(),
                "ps_ppl_threshold", thresholds.prefixSuffixPerplexity());
        ServerAnswer answer = ServerAnswer.of(server.name(), context.post(server, body));
        if (!answer.flag("jailbreak")) {
            return Verdict.allow();
        }
        List<String> triggered = HEURISTICS.stream()
                .filter(heuristic ->
                        answer.find(heuristic).filter(Boolean.TRUE::equals).isPresent())
                .toList();
        return Verdict.block("its perplexity is that of a jailbreak attempt").with("heuristics", triggered);
    }
}
