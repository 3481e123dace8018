package dev.guardrails4j.engine.plugin;

import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs the search of one plug-in in a thread of its own and gives up when it takes too long. The thread is interrupted
 * then, and left alone if it does not heed that: a JVM cannot stop a thread.
 */
record TimeLimit(Duration limit) {

    /** @throws ExecutionException if the search itself failed, which is not to be expected */
    Findings run(Plugin plugin, ServiceScan scan) throws ExecutionException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        FutureTask<Findings> search = new FutureTask<>(scan::run);
        Thread thread = new Thread(search, "load " + plugin.name());
        thread.setDaemon(true);
        thread.setContextClassLoader(plugin.loader());
        thread.start();
        try {
            return search.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            String step = scan.step();
            search.cancel(true);
            throw new PluginFaultException("took longer than " + limit.toSeconds() + " s " + step
                    + "; nothing of it is used. Constructors and static initializers must not wait for anything: do what "
                    + "takes long in configure or connect");
        } catch (InterruptedException e) {
            search.cancel(true);
            throw e;
        }
    }
}
