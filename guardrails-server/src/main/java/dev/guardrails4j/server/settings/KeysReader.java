package dev.guardrails4j.server.settings;

import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.NodeSettings;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.SettingsFile;
import dev.guardrails4j.server.access.AccessKey;
import dev.guardrails4j.server.access.KeyHash;
import dev.guardrails4j.server.access.NamePattern;
import dev.guardrails4j.server.access.Permissions;
import dev.guardrails4j.server.access.RateLimit;
import dev.guardrails4j.server.access.Right;
import dev.guardrails4j.server.storage.RedisAddress;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Reads API keys: those of {@code access.keys}, and those of a file. For one list of them. */
public final class KeysReader {

    private static final String KEYS = "keys";
    private static final String NAME = "name";
    private static final String HASH = "sha256";
    private static final int MOST_PER_MINUTE = 1_000_000_000;
    private static final int MOST_PATTERNS = 1_000;

    private final Set<String> names = new HashSet<>();
    private final Set<KeyHash> hashes = new HashSet<>();

    private KeysReader() {}

    static AccessSettings read(Section access, Optional<RedisAddress> limits) {
        List<AccessKey> keys = new KeysReader().keys(access);
        Optional<String> file = access.string("key_file");
        if (access.keys().contains(KEYS)
                && keys.isEmpty()
                && file.isEmpty()
                && access.problems().isEmpty()) {
            access.reject(KEYS, "has no key, so nobody could call; add one, or remove the section to let everybody in");
        }
        return new AccessSettings(keys, file, limits);
    }

    /**
     * Reads a file that has the list {@code keys} and nothing else.
     *
     * @param others the keys that there are besides, which it must not repeat
     * @throws InvalidConfigException if it is not right; it names everything that is wrong
     */
    public static List<AccessKey> read(
            Path file, List<AccessKey> others, Function<String, Optional<String>> environment) {
        NodeSettings whole = SettingsFile.read(Optional.of(file), List.of(), environment);
        List<Problem> problems = new ArrayList<>();
        KeysReader reader = new KeysReader();
        others.forEach(key -> {
            reader.names.add(key.name());
            reader.hashes.addAll(key.hashes());
        });
        List<AccessKey> keys = reader.keys(new Section(whole, problems));
        problems.addAll(whole.unreadKeys());
        if (!problems.isEmpty()) {
            throw new InvalidConfigException(problems);
        }
        return keys;
    }

    private List<AccessKey> keys(Section section) {
        List<Section> entries = section.list(KEYS);
        if (entries.size() > AccessKey.MOST) {
            section.reject(KEYS, "has more than " + AccessKey.MOST + " keys");
            return List.of();
        }
        List<AccessKey> keys = new ArrayList<>();
        entries.forEach(entry -> key(entry).ifPresent(keys::add));
        return keys;
    }

    /** Empty if something is wrong with it, which is recorded. */
    private Optional<AccessKey> key(Section entry) {
        Optional<String> name = entry.required(NAME).flatMap(written -> entry.parsed(NAME, AccessKey::name));
        List<KeyHash> own = hashes(entry);
        Permissions permissions = new Permissions(
                patterns(entry, "workspaces"),
                patterns(entry, "configs"),
                Set.copyOf(entry.parsedEach("may", Right::parse).orElse(List.of())));
        RateLimit limit = new RateLimit(
                entry.integer("requests_per_minute", 1, MOST_PER_MINUTE),
                entry.integer("tokens_per_minute", 1, MOST_PER_MINUTE));
        Optional<Instant> expires = entry.parsed("expires", KeysReader::instant);
        if (name.filter(names::add).isEmpty()) {
            name.ifPresent(
                    taken -> entry.reject(NAME, "is the name of another key; the threads of both would be the same"));
            return Optional.empty();
        }
        return own.isEmpty()
                ? Optional.empty()
                : Optional.of(new AccessKey(name.get(), own, permissions, limit, expires));
    }

    private List<KeyHash> hashes(Section entry) {
        int before = entry.problems().size();
        List<KeyHash> own = entry.parsedEach(HASH, KeyHash::parse).orElse(List.of());
        boolean isRead = entry.problems().size() == before;
        if ((own.isEmpty() && isRead) || own.size() > AccessKey.MOST_HASHES) {
            entry.reject(
                    HASH,
                    "must be 1 to %d hashes; 'guardrails keys new' makes a key and prints its hash"
                            .formatted(AccessKey.MOST_HASHES));
            return List.of();
        }
        if (!own.stream().allMatch(hashes::add)) {
            entry.reject(HASH, "is the hash of another key");
            return List.of();
        }
        return own;
    }

    /** What is not there names everything; an empty list, nothing. */
    private static List<NamePattern> patterns(Section entry, String key) {
        Optional<List<NamePattern>> patterns = entry.parsedEach(key, NamePattern::new);
        if (patterns.filter(given -> given.size() > MOST_PATTERNS).isPresent()) {
            entry.reject(key, "has more than " + MOST_PATTERNS + " names");
        }
        return patterns.orElse(entry.keys().contains(key) ? List.of() : Permissions.DEFAULT.configs());
    }

    private static Instant instant(String text) {
        try {
            return text.contains("T")
                    ? Instant.parse(text)
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "must be a day, 2027-06-30, from whose beginning in UTC on it is refused, or an instant, 2027-06-30T12:00:00Z",
                    e);
        }
    }
}
