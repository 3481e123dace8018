package dev.guardrails4j.server.configs;

import java.util.Collection;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The workspaces there are: {@code default}, {@code system}, and those that the operator has created. Immutable.
 *
 * @param names all of them
 */
public record Workspaces(Set<String> names) {

    /** The workspace of the operator's folders, and of requests that say nothing of workspaces. */
    public static final String DEFAULT = "default";

    /** The workspace of the configurations that every server has. Nothing is stored in it. */
    public static final String SYSTEM = "system";

    /** The workspaces that every server has. */
    public static final Workspaces NO_MORE = with(Set.of());

    /** The workspaces that every server has, and more. */
    public static Workspaces with(Collection<String> more) {
        return new Workspaces(
                Stream.concat(Stream.of(DEFAULT, SYSTEM), more.stream()).collect(Collectors.toUnmodifiableSet()));
    }

    boolean contains(String name) {
        return names.contains(name);
    }
}
