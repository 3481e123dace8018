package dev.guardrails4j.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Stops in order when the process is told to stop, by Ctrl-C or SIGTERM. */
final class Shutdown implements AutoCloseable {

    private final Thread hook;

    private Shutdown(Thread hook) {
        this.hook = hook;
    }

    /**
     * From now on, the process stops in order.
     *
     * @param steps what to do when it is told to stop, in this order
     * @return to be closed if what there was to stop is stopped otherwise
     */
    static Shutdown by(List<Runnable> steps, PrintWriter out) {
        Thread hook = new Thread(
                () -> {
                    steps.forEach(Runnable::run);
                    out.println("Stopped.");
                    out.flush();
                },
                "guardrails-stop");
        try {
            Runtime.getRuntime().addShutdownHook(hook);
        } catch (IllegalStateException alreadyTold) {
            // The JVM ends, and with it all there is.
        }
        return new Shutdown(hook);
    }

    /** Does not return before the JVM ends, unless the thread is interrupted; then nothing has been stopped. */
    void await() throws InterruptedException {
        new CountDownLatch(1).await();
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
