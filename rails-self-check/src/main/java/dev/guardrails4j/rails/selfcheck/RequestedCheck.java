package dev.guardrails4j.rails.selfcheck;

import dev.guardrails4j.api.CallContext;
import java.util.Optional;

/** A check that a conversation asks for with a context variable; without it, the check does not run. */
final class RequestedCheck {

    private final String variable;

    /** @param variable the context variable's name, without {@code $} */
    RequestedCheck(String variable) {
        this.variable = variable;
    }

    /** Whether the variable is true; clients write it as {@code true}, {@code "true"} or {@code "True"}. */
    boolean isWanted(CallContext context) {
        return Optional.ofNullable(context.variables().get(variable))
                .filter(value -> String.valueOf(value).equalsIgnoreCase("true"))
                .isPresent();
    }
}
