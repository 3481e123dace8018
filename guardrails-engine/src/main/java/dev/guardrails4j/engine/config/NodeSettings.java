package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Settings that remember which of their keys were read, at every depth, so that what nobody reads can be reported: it is a
 * typing error. A key with nothing behind it is one that is not there. Safe for use by many threads.
 */
public final class NodeSettings implements Settings {

    /** Those of a section that is not there. */
    public static final NodeSettings NONE = new NodeSettings(
            ConfigNode.emptyMap("", new Location("", 0)),
            false,
            new OperatorTrust(name -> Optional.empty(), AllowedHosts.ANY));

    private final ConfigNode node;
    private final boolean isPresent;
    private final Trust trust;
    private final Set<String> asked = ConcurrentHashMap.newKeySet();
    private final Map<String, NodeSettings> sections = new ConcurrentHashMap<>();
    private final Map<String, List<NodeSettings>> lists = new ConcurrentHashMap<>();
    private volatile boolean open;

    /**
     * @param node the section, or an empty map at the place where it would be
     * @param isPresent whether the configuration has the section
     * @param trust how far the configuration is trusted
     */
    public NodeSettings(ConfigNode node, boolean isPresent, Trust trust) {
        this.node = Objects.requireNonNull(node, "node is null");
        this.isPresent = isPresent && !node.isNull();
        this.trust = Objects.requireNonNull(trust, "trust is null");
    }

    @Override
    public boolean isPresent() {
        return isPresent;
    }

    @Override
    public Set<String> keys() {
        return entries().keySet();
    }

    @Override
    public String string(String key) {
        return require(key, "a string", node -> text(key, node));
    }

    @Override
    public String string(String key, String defaultValue) {
        return read(key, node -> text(key, node)).orElse(defaultValue);
    }

    @Override
    public List<String> strings(String key) {
        return require(key, "a list of strings", node -> texts(key, node));
    }

    @Override
    public List<String> strings(String key, List<String> defaultValue) {
        return read(key, node -> texts(key, node)).orElse(defaultValue);
    }

    private String text(String key, ConfigNode node) {
        String text = Values.string(node);
        refuse(node, trust.problemOfText(key, text));
        return text;
    }

    private List<String> texts(String key, ConfigNode node) {
        List<String> texts = Values.strings(node);
        texts.forEach(text -> refuse(node, trust.problemOfText(key, text)));
        return texts;
    }

    @Override
    public List<String> literals(String key, List<String> defaultValue) {
        return read(key, Values::strings).orElse(defaultValue);
    }

    @Override
    public String literal(String key) {
        return require(key, "a string", Values::string);
    }

    @Override
    public URI uri(String key) {
        return findUri(key).orElseThrow(() -> missing(key, "a URL"));
    }

    @Override
    public URI uri(String key, URI defaultValue) {
        return findUri(key).orElseGet(() -> {
            trust.problemOf(defaultValue).ifPresent(problem -> {
                throw error(key, "is not set, and its default " + problem);
            });
            return defaultValue;
        });
    }

    private Optional<URI> findUri(String key) {
        return read(key, Values::string).filter(text -> !text.isBlank()).map(text -> {
            URI uri = HttpAddress.parse(text, problem -> error(key, problem));
            trust.problemOf(uri).ifPresent(problem -> {
                throw error(key, problem);
            });
            return uri;
        });
    }

    @Override
    public Optional<String> secret(String key, URI destination) {
        return read(key, Values::name).map(variable -> {
            trust.problemOfKey(variable, destination).ifPresent(problem -> {
                throw error(key, problem);
            });
            return trust.value(variable)
                    .filter(value -> !value.isBlank())
                    .orElseThrow(() -> error(key, "names an environment variable that is not set"));
        });
    }

    private static void refuse(ConfigNode node, Optional<String> problem) {
        problem.ifPresent(text -> {
            throw Values.wrong(node, text);
        });
    }

    @Override
    public int integer(String key, int defaultValue) {
        return read(key, Values::integer).orElse(defaultValue);
    }

    @Override
    public double number(String key, double defaultValue) {
        return read(key, Values::number).orElse(defaultValue);
    }

    @Override
    public boolean flag(String key, boolean defaultValue) {
        return read(key, Values::flag).orElse(defaultValue);
    }

    @Override
    public Duration duration(String key, Duration defaultValue) {
        return read(key, Values::duration).orElse(defaultValue);
    }

    @Override
    public NodeSettings section(String key) {
        // The same section for every reader, so that all their reading counts; lists of sections likewise.
        return sections.computeIfAbsent(key, this::newSection);
    }

    private NodeSettings newSection(String key) {
        return read(key, Values::map)
                .map(map -> new NodeSettings(map, true, trust))
                .orElseGet(
                        () -> new NodeSettings(ConfigNode.emptyMap(node.pathOf(key), node.location()), false, trust));
    }

    @Override
    public List<Settings> sections(String key) {
        return List.copyOf(lists.computeIfAbsent(key, this::newSections));
    }

    private List<NodeSettings> newSections(String key) {
        return read(key, Values::list).orElse(List.of()).stream()
                .map(item -> new NodeSettings(Values.map(item), true, trust))
                .toList();
    }

    @Override
    public RailConfigurationException error(String key, String problem) {
        Location location = Optional.ofNullable(node.entries().get(key))
                .map(ConfigNode::location)
                .orElse(node.location());
        return new InvalidConfigException(List.of(Problem.value(location, node.pathOf(key), ": " + problem)));
    }

    /** Says which keys are known, so that they count as read whether anybody reads them or not. */
    public void describe(List<Setting> described) {
        for (Setting setting : described) {
            asked.add(setting.name());
            ConfigNode value = node.entries().get(setting.name());
            if (value == null) {
                continue;
            }
            switch (setting.type()) {
                case SECTION -> {
                    if (value.isMap()) {
                        section(setting.name()).describe(setting.settings());
                    }
                }
                case OPEN_SECTION -> {
                    if (value.isMap()) {
                        section(setting.name()).open = true;
                    }
                }
                case SECTIONS -> {
                    if (value.items().stream().allMatch(ConfigNode::isMap)) {
                        sections(setting.name());
                        lists.getOrDefault(setting.name(), List.of())
                                .forEach(section -> section.describe(setting.settings()));
                    }
                }
                default -> {
                    // A plain value has nothing below it.
                }
            }
        }
    }

    /**
     * One error for each key that the configuration sets and nobody read, with the nearest of those that were asked for. To
     * be called when all that reads these settings has done so.
     */
    public List<Problem> unreadKeys() {
        if (open) {
            return List.of();
        }
        List<Problem> unread = new ArrayList<>();
        Set<String> known = new TreeSet<>(asked);
        node.entries().forEach((key, value) -> {
            if (!known.contains(key)) {
                unread.add(Problem.unknownKey(node, key, known));
            }
            Optional.ofNullable(sections.get(key)).ifPresent(section -> unread.addAll(section.unreadKeys()));
            lists.getOrDefault(key, List.of()).forEach(section -> unread.addAll(section.unreadKeys()));
        });
        return List.copyOf(unread);
    }

    /** The entries of the topmost level that nobody read, as plain values. Unmodifiable, in the order of the configuration. */
    public Map<String, Object> unreadValues() {
        Map<String, Object> unread = new LinkedHashMap<>();
        node.entries().forEach((key, value) -> {
            Object plain = value.toPlainValue();
            if (!asked.contains(key) && plain != null) {
                unread.put(key, plain);
            }
        });
        return Collections.unmodifiableMap(unread);
    }

    private <T> T require(String key, String due, Function<ConfigNode, T> type) {
        return read(key, type).orElseThrow(() -> missing(key, due));
    }

    private InvalidConfigException missing(String key, String due) {
        return new InvalidConfigException(
                List.of(Problem.missing(node.location(), node.pathOf(key), "set it to " + due)));
    }

    private <T> Optional<T> read(String key, Function<ConfigNode, T> type) {
        return find(key).map(type);
    }

    private Optional<ConfigNode> find(String key) {
        asked.add(key);
        return Optional.ofNullable(entries().get(key)).filter(value -> !value.isNull());
    }

    private Map<String, ConfigNode> entries() {
        if (!node.isNull() && !node.isMap()) {
            throw Values.wrongType(node, "a map");
        }
        return node.entries();
    }
}
