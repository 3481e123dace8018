package dev.guardrails4j.engine.pipeline;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.RailLimits;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.TimeLimit;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs code of plug-ins that prepares something for a configuration, and gives up on it when it takes too long: neither a
 * start nor a reload may wait for ever. Code that heeds no interrupt goes on all the same; a plug-in that has left several
 * such threads behind is not run again until one of them ends. Safe for use by many threads.
 */
@Singleton
final class SettingUp {

    /** A configuration that cannot be used is tried again every few seconds, each time with one more thread. */
    static final int MOST_LEFT_BEHIND = 4;

    private static final Logger LOG = LoggerFactory.getLogger(SettingUp.class);

    private final RailLimits.Book limits;
    /** By identity: a jar that was replaced begins anew. */
    private final LoadingCache<ClassLoader, AtomicInteger> leftBehind =
            Caffeine.newBuilder().weakKeys().build(loader -> new AtomicInteger());

    @Inject
    SettingUp(RailLimits.Book limits) {
        this.limits = limits;
    }

    /**
     * Configures a rail.
     *
     * @throws RailConfigurationException if it takes too long, or what the code throws
     * @throws Exception what the code throws
     */
    <T> T ofRail(String rail, Plugin plugin, Callable<T> code) throws Exception {
        String what = "the rail '%s' of %s cannot be configured".formatted(rail, plugin.name());
        return run(what, "configure " + rail, plugin, limits.of(rail, plugin.name()), code);
    }

    /**
     * Connects a model.
     *
     * @throws RailConfigurationException if it takes too long, or what the code throws
     * @throws Exception what the code throws
     */
    <T> T ofModel(String engine, Plugin plugin, Callable<T> code) throws Exception {
        String what = "the engine '%s' of %s cannot be connected".formatted(engine, plugin.name());
        return run(what, "connect " + engine, plugin, limits.ofPlugin(plugin.name()), code);
    }

    private <T> T run(String what, String thread, Plugin plugin, RailLimits limits, Callable<T> code) throws Exception {
        AtomicInteger left = leftBehind.get(plugin.loader());
        if (left.get() >= MOST_LEFT_BEHIND) {
            throw new RailConfigurationException("%s: %d earlier calls of %s that took too long have not ended yet"
                    .formatted(what, left.get(), plugin.name()));
        }
        Call<T> call = new Call<>(code, left);
        try {
            return new TimeLimit(limits.setupTimeout()).call(plugin, thread, call);
        } catch (TimeLimit.Exceeded e) {
            LOG.warn("{}: {}. It is interrupted and left alone", what, e.getMessage(), e.getCause());
            throw new RailConfigurationException(
                    "%s: %s; do what takes long later, when it is used, or raise setup_timeout in rail_limits"
                            .formatted(what, e.getMessage()));
        } finally {
            call.abandon();
        }
    }

    /** A call that counts from when it is given up until it ends. */
    private static final class Call<T> implements Callable<T> {

        private final Callable<T> code;
        private final AtomicInteger left;
        private boolean hasEnded;
        private boolean isAbandoned;

        Call(Callable<T> code, AtomicInteger left) {
            this.code = code;
            this.left = left;
        }

        @Override
        public T call() throws Exception {
            try {
                return code.call();
            } finally {
                end();
            }
        }

        private synchronized void end() {
            hasEnded = true;
            if (isAbandoned) {
                left.decrementAndGet();
            }
        }

        /** Gives it up, if it goes on. */
        synchronized void abandon() {
            if (!hasEnded && !isAbandoned) {
                isAbandoned = true;
                left.incrementAndGet();
            }
        }
    }
}
