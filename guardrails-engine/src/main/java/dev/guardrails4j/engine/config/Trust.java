package dev.guardrails4j.engine.config;

import java.net.URI;
import java.util.Optional;

/**
 * How far a configuration is trusted, DESIGN 8: asked wherever one reaches for what is not in it. The answers are what keeps
 * it from that, to be said of the setting at fault; empty if nothing does. Safe for use by many threads.
 */
public sealed interface Trust permits OperatorTrust, CallerTrust {

    /** Whether the configuration is the operator's own, whatever it reaches for. */
    boolean isOperators();

    /** The value of an environment variable that the configuration may use; for whoever has asked whether it may. */
    Optional<String> value(String variable);

    /** An address that is to be called. */
    Optional<String> problemOf(URI address);

    /** An address that the operator's environment names, which is called instead of the configuration's. */
    Optional<String> problemOfHost(URI address);

    /** A variable that is named, and whose value may be sent somewhere. */
    Optional<String> problemOfVariable(String variable);

    /** A variable whose value is to be sent to an address. */
    Optional<String> problemOfKey(String variable, URI destination);

    /** An engine that a plug-in brings, and which nobody but that knows the address of. */
    Optional<String> problemOfEngine(String engine);

    /** A variable whose value is to be given to such an engine. */
    Optional<String> problemOfKey(String variable, String engine);

    /** A text that is read by whoever does not say what it is for. */
    Optional<String> problemOfText(String key, String text);

    /** What has been reached for, and was granted. */
    Reach reached();

    /** How far a configuration is trusted that is made of two: no farther than either. */
    static Trust least(Trust one, Trust other) {
        if (one instanceof OperatorTrust first && other instanceof OperatorTrust second) {
            return first.and(second);
        }
        return one.isOperators() ? other : one;
    }
}
