package dev.guardrails4j.server.access;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.watch.FileStamp;
import dev.guardrails4j.engine.watch.Watched;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The API keys that a server takes; those of a file change when it does. Safe for use by many threads. */
public final class KeyRing {

    private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

    private final List<AccessKey> fixed;
    private final Optional<KeyFile> file;
    private volatile Map<Long, List<Entry>> byHash;

    private KeyRing(List<AccessKey> fixed, Optional<KeyFile> file) {
        this.fixed = fixed;
        this.file = file;
        this.byHash = index(all());
    }

    /** Keys that stay as they are. */
    public static KeyRing of(List<AccessKey> keys) {
        return new KeyRing(keys, Optional.empty());
    }

    /**
     * Keys that stay as they are, and those of a file.
     *
     * @throws InvalidConfigException if the file cannot be used
     */
    public static KeyRing of(List<AccessKey> keys, KeyFile file) {
        return new KeyRing(keys, Optional.of(file));
    }

    /** The key that somebody presents; empty if it is none. */
    public Optional<AccessKey> find(String presented) {
        KeyHash hash = KeyHash.of(presented);
        return byHash.getOrDefault(hash.index(), List.of()).stream()
                .filter(entry -> entry.hash().matches(hash))
                .map(Entry::key)
                .findFirst();
    }

    /** How many keys there are. */
    public int size() {
        return (int) byHash.values().stream()
                .flatMap(List::stream)
                .map(entry -> entry.key().name())
                .distinct()
                .count();
    }

    /** The file, to be watched, so that edits are taken up; one with mistakes is told in the log and not taken up. */
    public List<Watched> watched() {
        return file.stream()
                .map(keys -> new Watched(
                        "API keys",
                        () -> Map.of(keys.path().toString(), FileStamp.of(keys.path())),
                        changed -> reload()))
                .toList();
    }

    private void reload() {
        try {
            byHash = index(all());
            LOG.info("The API keys were read anew: there are {}", size());
        } catch (InvalidConfigException e) {
            LOG.warn("The API keys stay as they were:\n  {}", e.getMessage());
        }
    }

    private List<AccessKey> all() {
        return Stream.concat(fixed.stream(), file.stream().flatMap(keys -> keys.read().get().stream()))
                .toList();
    }

    private static Map<Long, List<Entry>> index(List<AccessKey> keys) {
        Map<Long, List<Entry>> index = new HashMap<>();
        for (AccessKey key : keys) {
            for (KeyHash hash : key.hashes()) {
                index.computeIfAbsent(hash.index(), unknown -> new ArrayList<>())
                        .add(new Entry(hash, key));
            }
        }
        return Map.copyOf(index);
    }

    /**
     * Where more keys are.
     *
     * @param read reads it, without keys that have the name or the hash of a fixed one; throws {@link InvalidConfigException} if it cannot be used
     */
    public record KeyFile(Path path, Supplier<List<AccessKey>> read) {}

    private record Entry(KeyHash hash, AccessKey key) {}
}
