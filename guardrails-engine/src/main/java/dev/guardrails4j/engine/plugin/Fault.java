package dev.guardrails4j.engine.plugin;

import java.lang.reflect.InvocationTargetException;
import java.util.ServiceConfigurationError;
import java.util.concurrent.ExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Says what a throwable out of a plug-in means, and what to do about it. */
final class Fault {

    private static final int MAX_CAUSES = 20;
    private static final int MAX_QUOTE = 300;

    /** The first class file version is that of Java 1: 45. */
    private static final int CLASS_VERSION_OF_JAVA_0 = 44;

    private static final Pattern CLASS_VERSION = Pattern.compile("class file version (\\d+)\\.(\\d+)");
    private static final String PREVIEW_VERSION = "65535";

    private Fault() {}

    /**
     * Throws what concerns the whole JVM and no plug-in alone, as running out of memory does. A plug-in that overflows
     * its stack is at fault by itself.
     */
    static void rethrowFatal(Throwable thrown) {
        Throwable cause = thrown;
        for (int i = 0; cause != null && i < MAX_CAUSES; i++) {
            if (cause instanceof VirtualMachineError fatal && !(cause instanceof StackOverflowError)) {
                throw fatal;
            }
            cause = cause.getCause();
        }
    }

    /** One line: the cause and its mend. */
    static String describe(Throwable thrown) {
        Throwable cause = unwrap(thrown);
        if (cause instanceof PluginFaultException) {
            return String.valueOf(cause.getMessage());
        }
        if (cause instanceof UnsupportedClassVersionError) {
            return newerJava(String.valueOf(cause.getMessage()));
        }
        if (cause instanceof NoClassDefFoundError || cause instanceof ClassNotFoundException) {
            return missingClass(quote(cause.getMessage()).replace('/', '.'));
        }
        if (cause instanceof IncompatibleClassChangeError) {
            return "does not fit what it is run with (" + text(cause)
                    + "); build the plug-in against the guardrails-api of this server, and give it the versions of its "
                    + "dependencies that it was built with";
        }
        if (cause instanceof NoSuchMethodException
                || cause instanceof IllegalAccessException
                || cause instanceof InstantiationException) {
            return "cannot be created (" + text(cause)
                    + "); make it a public class that is neither abstract nor an inner one, with a public constructor "
                    + "without parameters";
        }
        if (cause instanceof ServiceConfigurationError) {
            return afterService(text(cause))
                    + "; name one class of the plug-in a line: public, with a public constructor without parameters, and "
                    + "implementing the type that the file is named after";
        }
        return "threw " + text(cause) + "; creating it and asking it for its name must not fail: do what may fail in "
                + "configure or connect";
    }

    /** Text of foreign origin, fit for one line of a message. */
    static String quote(@Nullable String text) {
        String line = String.valueOf(text).replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        return line.length() > MAX_QUOTE ? line.substring(0, MAX_QUOTE) + "..." : line;
    }

    private static Throwable unwrap(Throwable thrown) {
        Throwable inner = thrown;
        for (int i = 0; i < MAX_CAUSES && isWrapper(inner); i++) {
            Throwable cause = inner.getCause();
            if (cause == null) {
                return inner;
            }
            inner = cause;
        }
        return inner;
    }

    private static boolean isWrapper(Throwable thrown) {
        return thrown instanceof ServiceConfigurationError
                || thrown instanceof ExceptionInInitializerError
                || thrown instanceof InvocationTargetException
                || thrown instanceof ExecutionException
                || (thrown instanceof NoClassDefFoundError && !(thrown.getCause() instanceof ClassNotFoundException));
    }

    private static String newerJava(String message) {
        Matcher version = CLASS_VERSION.matcher(message);
        int running = Runtime.version().feature();
        if (!version.find()) {
            return "was compiled for another Java than the " + running + " that runs (" + quote(message)
                    + "); compile the plug-in with --release 17";
        }
        int needed = Integer.parseInt(version.group(1)) - CLASS_VERSION_OF_JAVA_0;
        if (version.group(2).equals(PREVIEW_VERSION)) {
            return "was compiled with preview features of Java " + needed + ", and Java " + running
                    + " runs without; compile the plug-in without --enable-preview";
        }
        return "needs Java " + needed + ", and Java " + running + " runs; start the server with Java " + needed
                + " or newer, or compile the plug-in with --release " + running;
    }

    private static String missingClass(String name) {
        if (name.startsWith("dev.guardrails4j.api.")) {
            return "needs " + name
                    + ", which this server's guardrails-api does not have; build the plug-in against the "
                    + "version of guardrails-api that the server has";
        }
        if (name.startsWith("dev.guardrails4j.")) {
            return "needs " + name + ", which plug-ins cannot see; use nothing of Guardrails4J but guardrails-api";
        }
        return "needs " + name
                + ", which is missing; put the jar that has it beside the plug-in's jar, both in a folder "
                + "of their own (plugins/NAME/*.jar), or shade it into the plug-in";
    }

    /**
     * The message of a service error without the service it begins with, and without the path of the private copy: the
     * reader knows the one already, and need not know the other.
     */
    private static String afterService(String text) {
        return text.replaceFirst("^java\\.util\\.ServiceConfigurationError: [\\w.]+: ", "")
                .replaceFirst("^jar:file:.*!/", "");
    }

    /** A plug-in's own exception may fail even at saying what it is. */
    private static String text(Throwable thrown) {
        try {
            return quote(thrown.toString());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return thrown.getClass().getName();
        }
    }
}
