package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.ChatModelProvider;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * One engine of a model provider and where it comes from. A provider of several engines has several of these.
 *
 * @param engine the name by which configurations refer to it, in lower case
 * @param provider the provider; call it through {@link Plugin#call}
 * @param plugin who brings it
 */
public record CataloguedProvider(String engine, ChatModelProvider provider, Plugin plugin) {

    /** Asks the provider for what the catalogue must know of it: one entry an engine, sorted. */
    static List<CataloguedProvider> of(ChatModelProvider provider, Plugin plugin) {
        Set<String> engines = provider.engines();
        if (engines == null || engines.isEmpty()) {
            throw new PluginFaultException(
                    "engines() is empty; return at least one name, or no configuration can use the provider");
        }
        return engines.stream()
                .map(CataloguedProvider::requireEngine)
                .sorted()
                .map(engine -> new CataloguedProvider(engine, provider, plugin))
                .toList();
    }

    private static String requireEngine(String engine) {
        String name = ServiceName.require("engines()", engine);
        if (!name.equals(name.toLowerCase(Locale.ROOT))) {
            throw new PluginFaultException("engines() names '" + name
                    + "'; engines are looked up in lower case, so no configuration would find it: use lower case");
        }
        return name;
    }
}
