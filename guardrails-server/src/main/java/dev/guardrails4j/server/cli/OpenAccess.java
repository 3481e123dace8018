package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.watch.Watched;
import dev.guardrails4j.server.access.AccessControl;
import dev.guardrails4j.server.access.KeyRing;
import dev.guardrails4j.server.access.KeyRing.KeyFile;
import dev.guardrails4j.server.access.LocalRateLimiter;
import dev.guardrails4j.server.access.RateLimiter;
import dev.guardrails4j.server.access.RedisRateLimiter;
import dev.guardrails4j.server.settings.AccessSettings;
import dev.guardrails4j.server.settings.KeysReader;
import dev.guardrails4j.server.settings.StoreKind;
import dev.guardrails4j.server.settings.ThreadSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** How the server tells callers apart. Used by one thread. */
final class OpenAccess implements AutoCloseable {

    private final Optional<AccessControl> control;

    private OpenAccess(Optional<AccessControl> control) {
        this.control = control;
    }

    /**
     * Opens what the settings say.
     *
     * @param threads where threads are kept: in the same Redis, limits are counted
     * @throws CommandFailure if the file of keys cannot be used
     */
    static OpenAccess open(AccessSettings settings, ThreadSettings threads, Surroundings surroundings) {
        if (!settings.needsKeys()) {
            return new OpenAccess(Optional.empty());
        }
        KeyRing keys = settings.keyFile()
                .map(surroundings::path)
                .map(file -> keys(settings, file, surroundings))
                .orElseGet(() -> KeyRing.of(settings.keys()));
        RateLimiter limits = settings.limits()
                .or(() -> threads.store() == StoreKind.REDIS ? threads.redis() : Optional.empty())
                .<RateLimiter>map(RedisRateLimiter::at)
                .orElseGet(LocalRateLimiter::new);
        return new OpenAccess(Optional.of(new AccessControl(keys, limits)));
    }

    private static KeyRing keys(AccessSettings settings, Path file, Surroundings surroundings) {
        try {
            return KeyRing.of(
                    settings.keys(),
                    new KeyFile(file, () -> KeysReader.read(file, settings.keys(), surroundings.environment())));
        } catch (InvalidConfigException e) {
            throw new CommandFailure(e.problems().stream()
                    .map(Problem::toString)
                    .collect(Collectors.joining("\n  ", "the API keys cannot be used:\n  ", "")));
        }
    }

    /** Empty if everybody may call. */
    Optional<AccessControl> control() {
        return control;
    }

    /** What is watched while the server runs, whether configurations are or not: a key that is taken away is to end. */
    List<Watched> watched() {
        return control.map(AccessControl::keys).map(KeyRing::watched).orElse(List.of());
    }

    /** Who may call, for the summary. */
    String shown() {
        return control.map(access -> Wording.count(access.keys().size(), "API key"))
                .orElse("without API keys");
    }

    @Override
    public void close() {
        control.map(AccessControl::limits).ifPresent(RateLimiter::close);
    }
}
