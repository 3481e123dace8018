package dev.guardrails4j.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** Waits until the process is told to stop, by Ctrl-C or SIGTERM, and stops in order. */
final class Shutdown {

    private Shutdown() {}

    /**
     * Does not return before the JVM ends, unless the thread is interrupted; then nothing has been stopped.
     *
     * @param stop what to do first when the process is told to stop
     */
    static void await(Runnable stop, PrintWriter out) throws InterruptedException {
        Thread hook = new Thread(
                () -> {
                    stop.run();
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
