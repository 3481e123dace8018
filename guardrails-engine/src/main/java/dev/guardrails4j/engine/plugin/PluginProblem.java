package dev.guardrails4j.engine.plugin;

/**
 * Something wrong with a plug-in. The rest of the plug-in, and all others, can be used.
 *
 * @param plugin the name of the file or folder at fault
 * @param message what is wrong, with which class, why, and what to do about it; one line
 */
public record PluginProblem(String plugin, String message) {

    /** {@code acme-rails.jar: com.acme.CatRail ...}. */
    @Override
    public String toString() {
        return plugin + ": " + message;
    }
}
