package dev.guardrails4j.rails.contentsafety.classifier;

import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.judging.Blank;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One of the classifiers of {@code rails.config.hf_classifier}, contract "config and rails" 1.4 and 4.9.
 *
 * @param protocol how its server is asked
 * @param model the model's name on the server
 * @param threshold the least score that counts, 0 to 1
 * @param blocked the labels that block
 * @param server where it is asked
 */
record Classifier(
        ClassifierProtocol protocol, String model, double threshold, Set<String> blocked, JsonEndpoint server) {

    private static final String SECTION = "hf_classifier";

    static final Setting PARAMETER = Setting.string("classifier", "Which of rails.config." + SECTION + " is asked.")
            .required();

    static final Setting SETTINGS = Setting.openSection(
            SECTION,
            "By the name that $classifier has, a section: engine (vllm, kserve or fms), model, base_url, blocked_labels,"
                    + " threshold (0.5), api_key_env_var, and parameters with timeout (30s), verify_ssl (true), ca_cert,"
                    + " client_cert and client_key.");

    /** @throws RailConfigurationException if the flow names no classifier, or one that cannot be asked */
    static Classifier configure(RailSetup setup) {
        String name = setup.parameter("classifier")
                .orElseThrow(() -> new RailConfigurationException("the flow '" + setup.flow()
                        + "' does not say which classifier to ask; add $classifier= and one of rails.config."
                        + SECTION));
        Settings all = setup.settings(SECTION);
        // Those that other flows ask, or none: their settings are no typing errors.
        Map<String, ClassifierSettings> classifiers = new LinkedHashMap<>();
        all.keys().forEach(key -> classifiers.put(key, ClassifierSettings.read(all.section(key))));
        classifiers.forEach((other, unasked) -> {
            if (!other.equals(name)) {
                unasked.leave();
            }
        });
        ClassifierSettings settings = Optional.ofNullable(classifiers.get(name))
                .orElseThrow(() -> new RailConfigurationException(
                        "the flow '%s' asks the classifier '%s', which rails.config.%s does not have; it has %s"
                                .formatted(setup.flow(), name, SECTION, classifiers.keySet())));
        ClassifierProtocol protocol = settings.protocol();
        return new Classifier(
                protocol,
                settings.model(),
                settings.threshold(),
                settings.blockedLabels(),
                setup.endpoint(settings.address(protocol)));
    }

    Verdict check(RailContext context) {
        return Blank.verdict(context).orElseGet(() -> ask(context));
    }

    private Verdict ask(RailContext context) {
        Object answer = context.post(server, protocol.question(model, threshold, context.text()));
        Map<String, Object> found = new LinkedHashMap<>();
        for (Label label : protocol.labels(answer)) {
            if (blocked.contains(label.name()) && label.score() >= threshold) {
                found.merge(label.name(), label.score(), (one, other) -> Math.max((double) one, (double) other));
            }
        }
        return found.isEmpty()
                ? Verdict.allow()
                : Verdict.block("the classifier finds a label that is blocked").with("labels", found);
    }
}
