package dev.guardrails4j.engine.config;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one configuration of several files, contract "config and rails" 1.7: some lists are joined, some maps merged, and
 * every other value is replaced as a whole by the last file that has it. What is lost that way is a warning.
 */
final class FileMerge {

    private static final Set<String> JOINED =
            Set.of("instructions", "flows", "models", "prompts", "docs", "import_paths");

    private static final Set<String> MERGED = Set.of("user_messages", "bot_messages");

    private static final Set<String> FIRST_WINS = Set.of("actions_server_url");

    private static final String RAILS = "rails";

    private final Problems problems;
    private final Map<String, ConfigNode> merged = new LinkedHashMap<>();

    FileMerge(Problems problems) {
        this.problems = problems;
    }

    /**
     * @param files the documents in the order of the files
     * @param location the place of the whole
     */
    ConfigNode merge(List<ConfigNode> files, Location location) {
        for (ConfigNode file : files) {
            if (!file.isNull()) {
                check(file, Values::map);
            }
            file.entries().forEach((key, value) -> {
                if (!value.isNull()) {
                    add(key, value);
                }
            });
        }
        return new ConfigNode(Collections.unmodifiableMap(merged), "", location);
    }

    private void add(String key, ConfigNode value) {
        if (JOINED.contains(key) && !check(value, Values::list)) {
            return;
        }
        if (MERGED.contains(key) && !check(value, Values::map)) {
            return;
        }
        ConfigNode earlier = merged.get(key);
        if (earlier == null) {
            merged.put(key, value);
        } else if (JOINED.contains(key)) {
            merged.put(key, joined(earlier, value));
        } else if (MERGED.contains(key)) {
            merged.put(key, merged(earlier, value));
        } else if (FIRST_WINS.contains(key)) {
            warnOfLoss(key, earlier, value, "is ignored, because of the one in ");
        } else {
            if (key.equals(RAILS)) {
                warnOfLostRails(earlier, value);
            } else {
                warnOfLoss(key, earlier, value, "replaces the one in ");
            }
            merged.put(key, value);
        }
    }

    /** A value of the wrong type is reported here: merged, it would vanish. */
    private boolean check(ConfigNode value, Consumer<ConfigNode> type) {
        try {
            type.accept(value);
            return true;
        } catch (InvalidConfigException wrong) {
            problems.addAll(wrong.problems());
            return false;
        }
    }

    private static ConfigNode joined(ConfigNode earlier, ConfigNode later) {
        List<ConfigNode> items = new ArrayList<>(earlier.items());
        items.addAll(later.items());
        return new ConfigNode(Collections.unmodifiableList(items), earlier.path(), earlier.location());
    }

    private static ConfigNode merged(ConfigNode earlier, ConfigNode later) {
        Map<String, ConfigNode> entries = new LinkedHashMap<>(earlier.entries());
        entries.putAll(later.entries());
        return new ConfigNode(Collections.unmodifiableMap(entries), earlier.path(), earlier.location());
    }

    private void warnOfLoss(String key, ConfigNode earlier, ConfigNode later, String what) {
        if (!Objects.equals(earlier.toPlainValue(), later.toPlainValue())) {
            problems.warning(later.location(), key + " " + what + earlier.location());
        }
    }

    private void warnOfLostRails(ConfigNode earlier, ConfigNode later) {
        Set<String> lost = new LinkedHashSet<>();
        earlier.entries()
                .forEach((section, settings) -> lost(settings, later.entries().get(section), lost));
        if (!lost.isEmpty()) {
            problems.warning(
                    later.location(),
                    "rails replaces all of rails in " + earlier.location() + ", which drops " + String.join(", ", lost)
                            + "; write rails in one file");
        }
    }

    /** What a section of the earlier {@code rails} has and the later does not: each flow, and every other setting. */
    private static void lost(ConfigNode earlier, @Nullable ConfigNode later, Set<String> lost) {
        earlier.entries().forEach((key, value) -> {
            ConfigNode kept = later == null ? null : later.entries().get(key);
            if (key.equals("flows")) {
                List<Object> keptFlows = kept == null ? List.of() : plain(kept.items());
                value.items().stream()
                        .filter(flow -> !keptFlows.contains(plain(flow)))
                        .forEach(flow -> lost.add("the flow '" + nameOf(flow) + "'"));
            } else if (kept == null && !value.isNull()) {
                lost.add(value.path());
            }
        });
    }

    private static String nameOf(ConfigNode flow) {
        ConfigNode named = flow.entries().getOrDefault("flow", flow);
        return named.value() instanceof String text ? text : named.path();
    }

    private static List<Object> plain(List<ConfigNode> nodes) {
        return nodes.stream().map(FileMerge::plain).toList();
    }

    private static Object plain(ConfigNode node) {
        return String.valueOf(node.toPlainValue());
    }
}
