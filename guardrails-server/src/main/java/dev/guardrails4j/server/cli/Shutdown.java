package dev.guardrails4j.server.cli;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/** Waits until the process is told to stop, by Ctrl-C or SIGTERM. Told again while it stops, it ends at once. */
final class Shutdown implements AutoCloseable {

    /** What processes that a signal has ended say to their parents: this, and the signal's number. */
    private static final int ENDED_BY_SIGNAL = 128;

    private final CountDownLatch told = new CountDownLatch(1);
    private final Runnable restore;

    private Shutdown() {
        this.restore = Signals.handle(this::tell);
    }

    /** From now on, signals no longer end the process by themselves. */
    static Shutdown onSignal() {
        return new Shutdown();
    }

    private void tell(int signal) {
        if (told.getCount() == 0) {
            // What is kept is kept: the stores can be killed at any time.
            Runtime.getRuntime().halt(ENDED_BY_SIGNAL + signal);
        }
        told.countDown();
    }

    /** Returns when the process has been told to stop; whoever calls then stops what runs and ends it. */
    void await(PrintWriter out) throws InterruptedException {
        told.await();
        out.println("Stopping. A second signal ends what still runs.");
        out.flush();
    }

    /** Leaves signals to whoever handled them before, unless the process is to stop. */
    @Override
    public void close() {
        if (told.getCount() > 0) {
            restore.run();
        }
    }
}
