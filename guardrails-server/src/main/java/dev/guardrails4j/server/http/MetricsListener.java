package dev.guardrails4j.server.http;

import dev.guardrails4j.server.metrics.Metrics;
import dev.guardrails4j.server.metrics.MetricsSettings;
import io.javalin.Javalin;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves metrics, and nothing else, at an address of their own. Starts once, and is closed once. */
public final class MetricsListener implements AutoCloseable {

    /** A scraper or two, and what Jetty needs itself. */
    private static final int MOST_THREADS = 16;

    private static final int FEWEST_THREADS = 2;

    private final MetricsSettings.Address address;
    private final Javalin javalin;

    /** A listener that does not listen yet. */
    public MetricsListener(MetricsSettings.Address address, Metrics metrics) {
        this.address = address;
        this.javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.startup.startupWatcherEnabled = false;
            config.jetty.threadPool = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
            config.routes.get("/metrics", new MetricsRoute(metrics)::show);
        });
    }

    /**
     * Begins to listen.
     *
     * @return the port, which matters if the settings leave the choice to the machine
     * @throws RuntimeException if the address cannot be listened on; its cause, or the cause's, is the {@link
     *     java.net.BindException}
     */
    public int start() {
        javalin.start(address.host(), address.port());
        return javalin.port();
    }

    @Override
    public void close() {
        javalin.stop();
    }
}
