package dev.guardrails4j.engine.prompt;

import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Variables of which some stand above others of the same name. Nothing is copied, and nothing is looked up before a template
 * asks for it. Unmodifiable.
 */
public final class LayeredVariables extends AbstractMap<String, Object> {

    private final Map<String, ?> above;
    private final Map<String, ?> below;

    public LayeredVariables(Map<String, ?> above, Map<String, ?> below) {
        this.above = above;
        this.below = below;
    }

    @Override
    public @Nullable Object get(@Nullable Object name) {
        return above.containsKey(name) ? above.get(name) : below.get(name);
    }

    @Override
    public boolean containsKey(@Nullable Object name) {
        return above.containsKey(name) || below.containsKey(name);
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> all = new LinkedHashMap<>(below);
        all.putAll(above);
        return all.entrySet();
    }
}
