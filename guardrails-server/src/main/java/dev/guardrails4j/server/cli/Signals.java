package dev.guardrails4j.server.cli;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signals that tell a process to stop. Java's own way, shutdown hooks, neither lets a process end with 0 nor tells of a second
 * signal; the class that does is part of every JDK, but the compiler warns of it, so it is called by name.
 */
final class Signals {

    private static final Logger LOG = LoggerFactory.getLogger(Signals.class);

    private static final List<String> THAT_STOP = List.of("TERM", "INT", "HUP");

    private Signals() {}

    /**
     * Takes the place of whoever handled them.
     *
     * @param handler told of the number of each signal from now on, in a thread of its own
     * @return puts things back as they were
     */
    static Runnable handle(IntConsumer handler) {
        List<Runnable> restore = new ArrayList<>();
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> receiver = Class.forName("sun.misc.SignalHandler");
            Method number = signal.getMethod("getNumber");
            Object told = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {receiver}, (proxy, method, arguments) -> {
                        if (method.getName().equals("handle")) {
                            handler.accept((int) number.invoke(arguments[0]));
                        }
                        return null;
                    });
            for (String name : THAT_STOP) {
                Method handle = signal.getMethod("handle", signal, receiver);
                Object named = signal.getConstructor(String.class).newInstance(name);
                Object before = replace(handle, named, told);
                if (before != null) {
                    restore.add(() -> replace(handle, named, before));
                }
            }
        } catch (ReflectiveOperationException e) {
            LOG.warn("This JVM tells nothing of signals: they end the process without its requests");
        }
        return () -> restore.forEach(Runnable::run);
    }

    private static @Nullable Object replace(Method handle, Object signal, @Nullable Object handler) {
        try {
            return handle.invoke(null, signal, handler);
        } catch (InvocationTargetException e) {
            // Not known to this system, or kept for the JVM (-Xrs).
            LOG.debug("{} is not handled: {}", signal, String.valueOf(e.getCause()));
            return null;
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
