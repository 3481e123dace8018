package dev.guardrails4j.engine.plugin;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/**
 * Runs code of a plug-in in a thread of its own and gives up when it takes too long. The thread is interrupted then, and
 * left alone if it does not heed that: a JVM cannot stop a thread.
 */
public record TimeLimit(Duration limit) {

    /**
     * Calls code of a plug-in, with the plug-in's class loader as context loader.
     *
     * @param name what the thread is called
     * @return what the code returned
     * @throws Exceeded if it took too long; its cause has the stack trace of where the code was
     * @throws InterruptedException if the calling thread was interrupted; the code is interrupted, too
     * @throws Exception what the code threw
     */
    public <T> T call(Plugin plugin, String name, Callable<T> code) throws Exception {
        return call(plugin, name, code, () -> "");
    }

    /**
     * The same for code that says what it does.
     *
     * @param step is asked when the time is over, before the interrupt lets the code go on with something else; follows on
     *     "it took longer than 8 s"
     */
    <T> T call(Plugin plugin, String name, Callable<T> code, Supplier<String> step) throws Exception {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        FutureTask<T> task = new FutureTask<>(code);
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.setContextClassLoader(plugin.loader());
        thread.start();
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late(thread, step.get());
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception thrown ? thrown : rethrown(e);
        } finally {
            task.cancel(true);
        }
    }

    private Exceeded late(Thread thread, String step) {
        Throwable place = new Throwable("where thread '" + thread.getName() + "' was");
        place.setStackTrace(thread.getStackTrace());
        Exceeded late = new Exceeded(("it took longer than " + text(limit) + " " + step).strip());
        late.initCause(place);
        return late;
    }

    private static Exception rethrown(ExecutionException e) {
        if (e.getCause() instanceof Error error) {
            throw error;
        }
        return e;
    }

    private static String text(Duration duration) {
        return duration.toMillisPart() == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }

    /** The time is over: unlike any other time-out, which the code itself may throw. */
    public static final class Exceeded extends TimeoutException {

        private static final long serialVersionUID = 1L;

        private Exceeded(String message) {
            super(message);
        }
    }
}
