package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Setting;
import dev.guardrails4j.engine.config.ConfigNode;
import dev.guardrails4j.engine.config.NodeSettings;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.SettingsCheck;
import dev.guardrails4j.engine.config.Spelling;
import dev.guardrails4j.engine.config.Trust;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The sections of {@code rails.config}, and which of them rails have read: what no rail has read is a typing error or the
 * setting of a rail that is not there, and would silently switch a protection off. What a rail describes counts as read,
 * and is held against the description. Used by one thread.
 */
final class RailSettings {

    /** The sections of the reference's own rails, contract "config and rails" 1.4. */
    private static final Set<String> KNOWN_TO_THE_REFERENCE = Set.of(
            "jailbreak_detection",
            "sensitive_data_detection",
            "injection_detection",
            "fact_checking",
            "content_safety",
            "regex_detection",
            "gliner",
            "privateai",
            "fiddler",
            "patronus",
            "autoalign",
            "clavata",
            "pangea",
            "trend_micro",
            "ai_defense",
            "crowdstrike_aidr",
            "guardrails_ai",
            "hf_classifier",
            "context_bloat_detection",
            "polygraf",
            "f5");

    private final ConfigNode node;
    private final Trust trust;
    private final Map<String, NodeSettings> read = new LinkedHashMap<>();
    private final Set<String> doubtful = new HashSet<>();
    private final Set<String> described;
    private final List<Problem> problems = new ArrayList<>();

    /** @param all every rail there is, of which the configuration may list some */
    RailSettings(ConfigNode node, Trust trust, Collection<CataloguedRail> all) {
        this.node = node;
        this.trust = trust;
        this.described = all.stream()
                .flatMap(rail -> rail.description().settings().stream())
                .map(Setting::name)
                .collect(Collectors.toSet());
    }

    /** The sections that one rail reads while it is configured. */
    final class Reader {

        private final Set<String> sections = new HashSet<>();
        private final Set<String> describedHere = new HashSet<>();

        private Reader(List<Setting> described) {
            for (Setting section : described) {
                describedHere.add(section.name());
                ConfigNode found = node.entries().get(section.name());
                if (found != null && !found.isNull()) {
                    problems.addAll(SettingsCheck.problems(node, List.of(section)));
                    NodeSettings settings = section(section.name());
                    settings.describe(section.settings());
                }
            }
        }

        NodeSettings section(String name) {
            sections.add(name);
            return read.computeIfAbsent(name, RailSettings.this::settings);
        }

        /** The rail gave up before it had read everything: what it neither read nor described says nothing. */
        void gaveUp() {
            sections.stream()
                    .filter(section -> !describedHere.contains(section))
                    .forEach(doubtful::add);
        }
    }

    /** For a rail that the configuration lists; finds what is wrong with the settings that the rail describes. */
    Reader reader(CataloguedRail rail) {
        return new Reader(rail.description().settings());
    }

    private NodeSettings settings(String name) {
        ConfigNode section = node.entries().get(name);
        return section == null
                ? new NodeSettings(ConfigNode.emptyMap(node.pathOf(name), node.location()), false, trust)
                : new NodeSettings(section, true, trust);
    }

    /** What is wrong by the rails' descriptions, and what no rail has read. */
    List<Problem> problems() {
        node.entries().forEach((name, section) -> {
            NodeSettings settings = read.get(name);
            if (settings == null) {
                problems.add(unreadSection(name, section));
            } else if (!doubtful.contains(name)) {
                problems.addAll(settings.unreadKeys());
            }
        });
        return List.copyOf(problems);
    }

    private Problem unreadSection(String name, ConfigNode section) {
        if (KNOWN_TO_THE_REFERENCE.contains(name) || described.contains(name)) {
            return Problem.warning(
                    section.location(),
                    "%s has no effect: no rail of this configuration reads it".formatted(section.path()));
        }
        Set<String> known = new HashSet<>(KNOWN_TO_THE_REFERENCE);
        known.addAll(read.keySet());
        known.addAll(described);
        known.addAll(Set.of("compat", "unreadable_parts"));
        return Problem.error(
                section.location(),
                "unknown section '%s' in rails.config: no rail of this configuration reads it%s"
                        .formatted(name, Spelling.suggestion(name, known)));
    }
}
