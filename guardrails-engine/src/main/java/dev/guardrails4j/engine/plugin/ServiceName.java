package dev.guardrails4j.engine.plugin;

import java.util.regex.Pattern;

/** What a plug-in may call its rails, actions and engines. Plug-ins are compiled elsewhere: null is to be expected. */
final class ServiceName {

    private static final int MAX_LENGTH = 200;

    /** Words of printable characters with single blanks between: configurations spell names so. */
    private static final Pattern WORDS = Pattern.compile("[^\\s\\p{Cntrl}]+( [^\\s\\p{Cntrl}]+)*");

    private ServiceName() {}

    /**
     * Returns the name if it is one.
     *
     * @param method what returned it, for the message
     */
    static String require(String method, String name) {
        if (name == null || name.isBlank()) {
            throw new PluginFaultException(
                    method + " is null or blank; return the name that configurations are to use");
        }
        if (name.length() > MAX_LENGTH || !WORDS.matcher(name).matches()) {
            throw new PluginFaultException(method + " returns " + Fault.quote(name) + "; return at most " + MAX_LENGTH
                    + " characters, words with single blanks between, or no configuration can spell it");
        }
        return name;
    }

    static void requireDescription(String description) {
        if (description == null) {
            throw new PluginFaultException(
                    "description() returns null; return an empty text if there is nothing to say");
        }
    }
}
