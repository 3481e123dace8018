package dev.guardrails4j.engine.pipeline;

import java.util.Set;
import java.util.regex.Pattern;

/** The flows of the reference's own rails, contract "config and rails" 4.1, to tell a missing jar from a typing error. */
final class ReferenceFlows {

    private static final Pattern FAMILIES = Pattern.compile(String.join(
            "|",
            "self check (input|output|facts|hallucination)",
            "hallucination warning",
            "content safety check (input|output)",
            "topic safety check input",
            "llama guard check (input|output)",
            "jailbreak detection (heuristics|model)",
            "injection detection",
            "(detect|mask) sensitive data on (input|output|retrieval)",
            "regex (check|redact) (input|output|retrieval|tool input|tool output)",
            "gliner (detect|mask) pii on (input|output|retrieval)",
            "context bloat detection on (input|retrieval)",
            "alignscore check facts",
            "patronus (lynx check output hallucination|api check output)",
            "guardrailsai check (input|output)",
            "hf classifier check (input|output|retrieval)",
            "tool (call|result) validation",
            "tool safety check (input|output)"));

    private static final Set<String> VENDORS = Set.of(
            "activefence moderation",
            "ai defense inspect",
            "autoalign check",
            "autoalign groundedness",
            "autoalign factcheck",
            "clavata check",
            "cleanlab trustworthiness",
            "crowdstrike aidr",
            "f5 guardrails",
            "fiddler",
            "gcpnlp moderation",
            "pangea ai guard",
            "policyai moderation",
            "polygraf",
            "detect pii on",
            "mask pii on",
            "protect prompt",
            "protect response",
            "trend ai guard",
            "gotitai rag truthcheck");

    private ReferenceFlows() {}

    static boolean contains(String flow) {
        return FAMILIES.matcher(flow).matches() || VENDORS.stream().anyMatch(flow::startsWith);
    }
}
