package dev.guardrails4j.engine.model;

/** Threads as the engine has them: virtual ones where the JVM has them. */
final class TestThreads {

    private TestThreads() {}

    static void start(Runnable work) {
        try {
            Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, work);
        } catch (ReflectiveOperationException e) {
            Thread thread = new Thread(work, "caller");
            thread.setDaemon(true);
            thread.start();
        }
    }
}
