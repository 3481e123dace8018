package dev.guardrails4j.server.configs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.guardrails4j.engine.ConfigPart;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The configurations that every server has, in the workspace {@code system}: contract "checks" 8.2. They are never changed. */
final class SystemConfigs {

    private static final Map<String, ConfigPart.BuiltIn> BY_NAME =
            List.of("default", "content-safety", "self-check").stream()
                    .collect(Collectors.toUnmodifiableMap(
                            Function.identity(),
                            name -> new ConfigPart.BuiltIn(Workspaces.SYSTEM + "/" + name, text(name))));

    private SystemConfigs() {}

    /** The one of a name. */
    static Optional<ConfigPart.BuiltIn> find(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }

    /** The names of all. */
    static Set<String> names() {
        return BY_NAME.keySet();
    }

    private static String text(String name) {
        try (InputStream resource = SystemConfigs.class.getResourceAsStream(name + ".json")) {
            if (resource == null) {
                throw new IllegalStateException("the server's jar has no " + name + ".json");
            }
            return new String(resource.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
