package dev.guardrails4j.engine.prompt;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The output parsers that prompts may name, contract "config and rails" 5. Each safety parser reads strictly unless asked
 * for the reference's rule: an answer that is not clearly one thing or the other is not understood.
 */
public final class OutputParsers {

    private static final Map<String, Readings> SAFETY = new TreeMap<>(Map.of(
            "is_content_safe", new Readings(new VerdictWordParser(), new LaxVerdictWordParser()),
            "nemoguard_parse_prompt_safety", SafetyJsonParser.readings("User Safety"),
            "nemoguard_parse_response_safety", SafetyJsonParser.readings("Response Safety"),
            "nemotron_reasoning_parse_prompt_safety", HarmLineParser.readings("Prompt harm"),
            "nemotron_reasoning_parse_response_safety", HarmLineParser.readings("Response Harm"),
            "nemotron_content_safety_parse_prompt_safety", SafetyLineParser.readings("User Safety"),
            "nemotron_content_safety_parse_response_safety", SafetyLineParser.readings("Response Safety"),
            "parse_tool_safety_verdict", new Readings(new ToolVerdictParser(), new ToolVerdictParser()),
            "patronus_lynx_parse_score", LynxScoreParser.readings()));

    /** Parsers of the reference that rewrite texts of dialogs and judge nothing. */
    private static final Set<String> TEXT = Set.of("user_intent", "bot_intent", "bot_message", "verbose_v1");

    private OutputParsers() {}

    /**
     * A safety parser.
     *
     * @param compat whether the reference's lax rule holds, {@code rails.config.compat: nemo}
     * @return empty if there is no such parser, or if it judges nothing
     */
    public static Optional<OutputParser> find(String name, boolean compat) {
        return Optional.ofNullable(SAFETY.get(name)).map(readings -> compat ? readings.lax() : readings.strict());
    }

    /** The names that prompts may use, sorted; also of the parsers that judge nothing. */
    public static Set<String> names() {
        Set<String> names = new TreeSet<>(SAFETY.keySet());
        names.addAll(TEXT);
        return names;
    }

    /** The two ways to read an answer. */
    record Readings(OutputParser strict, OutputParser lax) {}
}
