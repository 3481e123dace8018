package dev.guardrails4j.engine.config;

import static dev.guardrails4j.engine.config.Problem.Severity.ERROR;
import static dev.guardrails4j.engine.config.Problem.Severity.WARNING;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the top level of a configuration, contract "config and rails" 1.1. Knows every key there is, so that no other passes. */
final class ConfigReader {

    private static final double DEFAULT_LOWEST_TEMPERATURE = 0.001;

    private static final String DEFAULT_PROMPTING_MODE = "standard";

    private static final Set<String> SCHEMES = Set.of("http", "https");

    private static final String NO_URL = "must be a URL that begins with http:// or https://";

    private final Trust trust;
    private final Problems problems;

    ConfigReader(Trust trust, Problems problems) {
        this.trust = trust;
        this.problems = problems;
    }

    /** @param ignoresUnknownKeys whether keys of the top level may be there that mean nothing */
    RailsConfig read(String id, ConfigNode root, boolean ignoresUnknownKeys) {
        NodeReader top = new NodeReader(root, problems);
        List<ModelConfig> models = new ModelReader(trust, problems).read(top.items("models"));
        List<PromptConfig> prompts = new PromptReader(problems).read(top.items("prompts"));
        RailsReader.Rails rails = new RailsReader(problems).read(top.section("rails"));
        Optional<String> instructions = generalInstructions(top.items("instructions"));
        Map<String, List<String>> botMessages = botMessages(top.section("bot_messages"));
        double lowestTemperature = top.read("lowest_temperature", node -> Values.number(node, 0, 2))
                .orElse(DEFAULT_LOWEST_TEMPERATURE);
        String promptingMode = top.read("prompting_mode", Values::name).orElse(DEFAULT_PROMPTING_MODE);
        boolean railsExceptions =
                top.read("enable_rails_exceptions", Values::flag).orElse(false);
        boolean passthrough = top.read("passthrough", Values::flag).orElse(false);
        Optional<String> actionsServerUrl = top.read("actions_server_url", this::callable);
        top.read("custom_data", Values::map);
        TracingConfig tracing = new TracingReader(trust, problems).read(top);
        colangVersion(top);
        reportUnsupported(top);
        if (ignoresUnknownKeys) {
            top.rejectMisspeltKeys();
        } else {
            top.rejectUnknownKeys();
        }
        return new RailsConfig(
                id,
                models,
                prompts,
                rails.flows(),
                rails.running(),
                rails.settings(),
                instructions,
                botMessages,
                lowestTemperature,
                promptingMode,
                railsExceptions,
                passthrough,
                actionsServerUrl,
                rails.refusesUnreadableParts(),
                rails.compat(),
                tracing);
    }

    private Optional<String> generalInstructions(List<ConfigNode> entries) {
        List<String> general = new ArrayList<>();
        for (ConfigNode node : entries) {
            NodeReader entry = new NodeReader(node, problems);
            Optional<String> type = entry.require("type", "write general", Values::name);
            Optional<String> content = entry.require("content", "write the instruction", Values::string);
            entry.rejectUnknownKeys();
            if (type.filter("general"::equals).isPresent()) {
                content.ifPresent(general::add);
            } else if (type.isPresent()) {
                entry.warning("type", "is not general; only general instructions are used");
            }
        }
        return general.isEmpty() ? Optional.empty() : Optional.of(String.join("\n", general));
    }

    private Map<String, List<String>> botMessages(NodeReader section) {
        Map<String, List<String>> messages = new LinkedHashMap<>();
        for (String intent : section.node().entries().keySet()) {
            List<String> texts = section.find(intent).filter(ConfigNode::isList).isPresent()
                    ? section.strings(intent)
                    : section.read(intent, Values::strings).orElse(List.of());
            if (section.find(intent)
                    .filter(node -> !node.isList() || !node.items().isEmpty())
                    .isEmpty()) {
                section.error(intent, "has no text; write at least one, or remove it");
            }
            messages.put(intent, texts);
        }
        messages.values().removeIf(List::isEmpty);
        return Collections.unmodifiableMap(messages);
    }

    private String callable(ConfigNode node) {
        URI uri = httpUrl(node);
        trust.problemOf(uri).ifPresent(problem -> {
            throw Values.wrong(node, problem);
        });
        return uri.toString();
    }

    private static URI httpUrl(ConfigNode node) {
        try {
            URI uri = new URI(Values.string(node).strip());
            if (uri.getRawAuthority() != null
                    && SCHEMES.contains(String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT))) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            throw Values.wrong(node, NO_URL);
        }
        throw Values.wrong(node, NO_URL);
    }

    /** Also written without quotes, which YAML reads as a number. */
    private static void colangVersion(NodeReader top) {
        Optional<String> version = top.find("colang_version").map(node -> String.valueOf(node.value()));
        if (version.filter(text -> text.startsWith("2")).isPresent()) {
            top.notYet("colang_version", ERROR, "Colang is not executed; list rails in rails.input.flows instead");
        } else if (version.filter(text -> !text.equals("1.0")).isPresent()) {
            top.error("colang_version", "must be \"1.0\"");
        }
    }

    private static void reportUnsupported(NodeReader top) {
        top.notYet("flows", ERROR, "Colang flows are not executed; list rails in rails.input.flows instead");
        top.notYet("user_messages", ERROR, "dialog rails are not run; remove it");
        top.notYet("import_paths", ERROR, "nothing is imported; copy the files into this configuration");
        top.notYet("imported_paths", ERROR, "nothing is imported; copy the files into this configuration");
        top.notYet("docs", WARNING, "there is no knowledge base");
        top.notYet("knowledge_base", WARNING, "there is no knowledge base");
        top.notYet("core", WARNING, "there is no search by embeddings");
        top.notYet("sample_conversation", WARNING, "there is no dialog prompt that would show it");
        top.notYet("enable_multi_step_generation", WARNING, "there are no dialog rails");
        top.notYet("raw_llm_call_action", WARNING, "Colang is not executed");
        top.notYet("event_source_uid", WARNING, "Colang is not executed");
        // What is counted is the server's to say.
        top.section("metrics").read("enabled", Values::flag);
        if (top.read("streaming", Values::flag).orElse(false)) {
            top.warning("streaming", "is out of use in NeMo Guardrails too and has no effect; remove it");
        }
        if (top.has("config_path")) {
            top.warning("config_path", "is set by the loader and has no effect; remove it");
        }
    }
}
