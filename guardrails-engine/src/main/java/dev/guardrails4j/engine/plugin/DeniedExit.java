package dev.guardrails4j.engine.plugin;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What code of a plug-in calls in the place of {@link System#exit}, {@link Runtime#exit} and {@link Runtime#halt}: one fault
 * must not stop the server for all. Public for {@link ExitRewriter}, which leads that code here.
 */
@SuppressWarnings("DoNotCallSuggester") // Nobody calls it who could be told not to.
public final class DeniedExit {

    private static final Logger LOG = LoggerFactory.getLogger(DeniedExit.class);
    private static final StackWalker STACK = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private DeniedExit() {}

    /** For {@link System#exit}; throws {@link SecurityException}. */
    public static void exit(int status) {
        throw denied("System.exit", status, STACK.getCallerClass());
    }

    /** For {@link Runtime#exit}; throws {@link SecurityException}. */
    public static void exit(Runtime runtime, int status) {
        throw denied("Runtime.exit", status, STACK.getCallerClass());
    }

    /** For {@link Runtime#halt}; throws {@link SecurityException}. */
    public static void halt(Runtime runtime, int status) {
        throw denied("Runtime.halt", status, STACK.getCallerClass());
    }

    private static SecurityException denied(String method, int status, Class<?> caller) {
        SecurityException denied = new SecurityException("%s(%d) is not carried out: %s of %s must not stop the server"
                .formatted(
                        method,
                        status,
                        caller.getName(),
                        caller.getClassLoader().getName()));
        LOG.warn("{}", denied.getMessage());
        return denied;
    }
}
