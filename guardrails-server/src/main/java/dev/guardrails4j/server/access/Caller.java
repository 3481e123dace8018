package dev.guardrails4j.server.access;

import dev.guardrails4j.server.configs.Workspaces;
import dev.guardrails4j.server.configs.store.ConfigReference;
import dev.guardrails4j.server.threads.ThreadKey;
import dev.guardrails4j.server.wire.RequestException;
import java.util.List;
import java.util.Optional;

/** Who sends a request, and what they may do. Immutable. */
public final class Caller {

    /** Whoever it is, where there are no keys. */
    public static final Caller ANYBODY = new Caller(Optional.empty());

    private static final int FORBIDDEN = 403;

    private final Optional<AccessKey> key;
    private final Permissions permissions;

    private Caller(Optional<AccessKey> key) {
        this.key = key;
        this.permissions = key.map(AccessKey::permissions).orElse(Permissions.ALL);
    }

    /** Whoever has a key. */
    public static Caller with(AccessKey key) {
        return new Caller(Optional.of(key));
    }

    /** The key that they have; empty where there are none. */
    public Optional<AccessKey> key() {
        return key;
    }

    /** What the key is called. */
    public Optional<String> name() {
        return key.map(AccessKey::name);
    }

    /** Whose threads are theirs: those of a key are seen by nobody else, and it sees no others. */
    public String threadScope() {
        return key.map(own -> "key." + own.name()).orElse(ThreadKey.EVERYBODY);
    }

    /** Whether a text is their key to this server, which is for nobody else. */
    public boolean isOwnKey(String text) {
        return key.filter(own -> own.hashes().contains(KeyHash.of(text))).isPresent();
    }

    /** Whether they may use and see a configuration. */
    public boolean mayUse(ConfigReference reference) {
        return permissions.config(reference);
    }

    /** Whether they may use and see one of the operator's folders. */
    public boolean mayUse(String configId) {
        return permissions.config(configId, Workspaces.DEFAULT);
    }

    /**
     * Refuses those who may not use a configuration. To be called before it is looked for: who may not use it does not learn
     * whether it is there.
     *
     * @throws RequestException with status 403
     */
    public void require(ConfigReference reference) {
        require(mayUse(reference), "may not use this guardrails configuration");
    }

    /**
     * The same for several, as requests name them.
     *
     * @param home the workspace of a name alone
     */
    public void requireConfigs(List<String> references, String home) {
        require(
                key.isEmpty() || references.stream().allMatch(reference -> permissions.config(reference, home)),
                "may not use the requested guardrails configuration");
    }

    /**
     * Refuses those who may use nothing of a workspace.
     *
     * @throws RequestException with status 403
     */
    public void requireWorkspace(String workspace) {
        require(permissions.workspace(workspace), "may not use this workspace");
    }

    /**
     * Refuses those who lack a right.
     *
     * @throws RequestException with status 403
     */
    public void require(Right right) {
        require(permissions.rights().contains(right), "lacks the right " + right.wireName());
    }

    private static void require(boolean isAllowed, String otherwise) {
        if (!isAllowed) {
            throw RequestException.withCode(FORBIDDEN, "This API key " + otherwise, "insufficient_permissions");
        }
    }
}
