package dev.guardrails4j.server.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Waits until the process is told to stop, by Ctrl-C or SIGTERM, and stops in order. */
final class Shutdown {

    private Shutdown() {}

    /**
     * Does not return before the JVM ends, unless the thread is interrupted; then nothing has been stopped.
     *
     * @param steps what to do when the process is told to stop, in this order
     */
    static void await(List<Runnable> steps, PrintWriter out) throws InterruptedException {
        Thread hook = new Thread(
                () -> {
                    steps.forEach(Runnable::run);
                    out.println("Stopped.");
                    out.flush();
                },
                "guardrails-stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            new CountDownLatch(1).await();
        } finally {
            Runtime.getRuntime().removeShutdownHook(hook);
        }
    }
}
