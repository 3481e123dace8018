package dev.guardrails4j.server.http;

import dev.guardrails4j.server.access.AccessControl;
import dev.guardrails4j.server.access.AccessKey;
import dev.guardrails4j.server.access.KeyHash;
import dev.guardrails4j.server.access.KeyRing;
import dev.guardrails4j.server.access.LocalRateLimiter;
import dev.guardrails4j.server.access.NamePattern;
import dev.guardrails4j.server.access.Permissions;
import dev.guardrails4j.server.access.RateLimit;
import dev.guardrails4j.server.access.Right;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** API keys as tests have them: each is the word {@code key-of-} and its name. */
final class Keys {

    private Keys() {}

    static AccessControl control(AccessKey... keys) {
        return new AccessControl(KeyRing.of(List.of(keys)), new LocalRateLimiter());
    }

    /** One that may use everything, and nothing else. */
    static AccessKey key(String name, Right... rights) {
        return key(
                name, new Permissions(Permissions.DEFAULT.workspaces(), Permissions.DEFAULT.configs(), Set.of(rights)));
    }

    static AccessKey limited(String name, Optional<Integer> requests, Optional<Integer> tokens) {
        return new AccessKey(
                name,
                List.of(KeyHash.of(secret(name))),
                Permissions.DEFAULT,
                new RateLimit(requests, tokens),
                Optional.empty());
    }

    static AccessKey expiring(String name, Instant end) {
        return new AccessKey(
                name, List.of(KeyHash.of(secret(name))), Permissions.DEFAULT, RateLimit.NONE, Optional.of(end));
    }

    /** One that may use these configurations of these workspaces. */
    static AccessKey key(String name, List<String> workspaces, List<String> configs, Right... rights) {
        return key(name, new Permissions(patterns(workspaces), patterns(configs), Set.of(rights)));
    }

    private static AccessKey key(String name, Permissions permissions) {
        return new AccessKey(name, List.of(KeyHash.of(secret(name))), permissions, RateLimit.NONE, Optional.empty());
    }

    private static List<NamePattern> patterns(List<String> texts) {
        return texts.stream().map(NamePattern::new).toList();
    }

    static String secret(String name) {
        return "key-of-" + name;
    }

    /** The header that presents a key. */
    static String[] with(String name) {
        return new String[] {"Authorization", "Bearer " + secret(name), "Content-Type", "application/json"};
    }
}
