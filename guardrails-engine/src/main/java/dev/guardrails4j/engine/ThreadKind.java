package dev.guardrails4j.engine;

import java.lang.reflect.InvocationTargetException;
import java.security.AccessController;
import java.security.PrivilegedAction;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What blocking work runs on, that of the engine and that of an HTTP server before it. Decided once, in {@link
 * EngineModule}.
 */
public enum ThreadKind {

    /** A virtual thread for each piece of work. */
    VIRTUAL,

    /** A bounded pool of platform threads. */
    PLATFORM;

    private static final int IDLE_SECONDS = 30;

    /** The best kind that this JVM has. */
    public static ThreadKind best() {
        try {
            virtualThreads().shutdown();
            return VIRTUAL;
        } catch (UnsupportedOperationException e) {
            return PLATFORM;
        }
    }

    /**
     * Threads to run work on, to be shut down by the caller.
     *
     * @param name what platform threads are called
     * @param most how many platform threads there are at most
     * @param waiting how much work waits for one of them; more is rejected
     */
    public ExecutorService executor(String name, int most, int waiting) {
        if (this == VIRTUAL) {
            return virtualThreads();
        }
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                most, most, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(waiting), daemons(name));
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private static ExecutorService virtualThreads() {
        // Compiled for Java 17, which does not have the method: JAVA-STACK 2.4.
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            throw new UnsupportedOperationException("This JVM has no virtual threads", e);
        }
    }

    /**
     * A thread for what is to be done at a time, mostly cancelled long before. Its queue always holds its own next beat, so
     * that what is added need not wake it: that takes longer than all else about an alarm.
     */
    public static ScheduledThreadPoolExecutor clock(String name) {
        ScheduledThreadPoolExecutor clock = new ScheduledThreadPoolExecutor(1, daemons(name));
        clock.setRemoveOnCancelPolicy(true);
        Future<?> unused = clock.scheduleWithFixedDelay(() -> {}, 0, 1, TimeUnit.SECONDS);
        return clock;
    }

    /** Makes platform threads that do not keep the JVM from ending, nor a plug-in whose code has caused them. */
    @SuppressWarnings("removal") // Until Java 24, a thread holds the class loaders of all code that is calling.
    public static ThreadFactory daemons(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> AccessController.doPrivileged((PrivilegedAction<Thread>) () -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            thread.setContextClassLoader(ThreadKind.class.getClassLoader());
            return thread;
        });
    }
}
