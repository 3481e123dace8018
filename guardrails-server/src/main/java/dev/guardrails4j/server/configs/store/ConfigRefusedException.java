package dev.guardrails4j.server.configs.store;

import dev.guardrails4j.server.storage.StorageRefusal;

/** A configuration is not written, and the store is in order. The message may be shown to the caller. */
public final class ConfigRefusedException extends StorageRefusal {

    private static final long serialVersionUID = 1L;

    /** Why a configuration is not written. */
    public enum Reason {
        /** There is one of its name already. */
        EXISTS,
        /** It is no longer what it was when the change began: somebody else was faster. */
        CHANGED,
        /** It does not fit into the store any more. */
        FULL,
        /** Nothing is stored at all. */
        OFF
    }

    private final Reason reason;

    private ConfigRefusedException(Reason reason, String message) {
        super(message);
        this.reason = reason;
    }

    static ConfigRefusedException exists() {
        return new ConfigRefusedException(Reason.EXISTS, "there is a configuration of this name already");
    }

    static ConfigRefusedException changed() {
        return new ConfigRefusedException(Reason.CHANGED, "the configuration was changed by somebody else");
    }

    static ConfigRefusedException full(String what, long limit) {
        return new ConfigRefusedException(
                Reason.FULL,
                "The config store holds %d %s at most; delete some configurations, or have its operator raise the limit"
                        .formatted(limit, what));
    }

    static ConfigRefusedException off() {
        return new ConfigRefusedException(
                Reason.OFF,
                "This server stores no configurations; its operator can change that with config_store.store in server.yml,"
                        + " or with --config-store");
    }

    /** Why it is not written. */
    public Reason reason() {
        return reason;
    }
}
