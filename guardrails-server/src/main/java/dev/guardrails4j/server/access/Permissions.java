package dev.guardrails4j.server.access;

import dev.guardrails4j.server.configs.store.ConfigReference;
import java.util.List;
import java.util.Set;

/**
 * What a caller may do. Immutable.
 *
 * @param workspaces whose configurations it may use, see and, with the right to, write
 * @param configs which of them
 * @param rights what it may do beside that
 */
public record Permissions(List<NamePattern> workspaces, List<NamePattern> configs, Set<Right> rights) {

    /** To use every configuration, and no more: that of a key whose line says nothing else. */
    public static final Permissions DEFAULT =
            new Permissions(List.of(NamePattern.ANY), List.of(NamePattern.ANY), Set.of());

    /** Everything. */
    static final Permissions ALL =
            new Permissions(List.of(NamePattern.ANY), List.of(NamePattern.ANY), Set.of(Right.values()));

    public Permissions {
        workspaces = List.copyOf(workspaces);
        configs = List.copyOf(configs);
        rights = Set.copyOf(rights);
    }

    boolean workspace(String name) {
        return workspaces.stream().anyMatch(pattern -> pattern.matches(name));
    }

    boolean config(ConfigReference reference) {
        return workspace(reference.workspace())
                && configs.stream().anyMatch(pattern -> pattern.matches(reference.name()));
    }

    /**
     * The same of a configuration as requests name it.
     *
     * @param home the workspace of a name alone
     */
    boolean config(String reference, String home) {
        return ConfigReference.parse(reference, home).map(this::config).orElse(false);
    }
}
