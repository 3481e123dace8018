package dev.guardrails4j.benchmarks.plugins;

import com.google.inject.Guice;
import com.google.inject.Injector;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.Configurations;
import dev.guardrails4j.engine.EngineModule;
import dev.guardrails4j.engine.EngineResources;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.ConfigFolders;
import dev.guardrails4j.engine.plugin.Catalogue;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** An engine with one configuration and one set of rails, and how long its checks take. For one thread. */
final class CheckingEngine implements AutoCloseable {

    private final Injector injector;
    private final Guardrails guardrails;
    private final List<Message> conversation;

    /**
     * @param configs holds the configuration {@code walls}
     * @param text what is checked, again and again
     */
    CheckingEngine(Catalogue rails, Path configs, String text) {
        this.injector = Guice.createInjector(
                new EngineModule(rails, name -> Optional.empty()),
                binder -> binder.bind(ConfigFolders.class).toInstance(ConfigFolders.at(configs)));
        this.guardrails = injector.getInstance(Configurations.class).open(List.of("walls"));
        this.conversation = List.of(Message.user(text));
    }

    /** The median of the times that checks take, in microseconds. */
    double median(int checks) {
        long[] nanos = new long[checks];
        for (int check = 0; check < checks; check++) {
            long start = System.nanoTime();
            if (guardrails.check(conversation).block().isPresent()) {
                throw new IllegalStateException("the text was to pass");
            }
            nanos[check] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        return nanos[checks / 2] / 1e3;
    }

    @Override
    public void close() {
        guardrails.close();
        injector.getInstance(Configurations.class).close();
        injector.getInstance(EngineResources.class).close();
    }
}
