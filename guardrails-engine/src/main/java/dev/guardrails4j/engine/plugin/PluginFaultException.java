package dev.guardrails4j.engine.plugin;

/** Why a plug-in, or one class of it, is not used; the message is whole, with the mend. */
final class PluginFaultException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PluginFaultException(String message) {
        super(message);
    }
}
