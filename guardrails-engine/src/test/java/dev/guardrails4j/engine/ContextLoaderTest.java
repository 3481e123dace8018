package dev.guardrails4j.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DESIGN 3: code of a plug-in runs with the plug-in's loader as context loader, wherever it runs. */
class ContextLoaderTest {

    private static final String RAIL = """
            import dev.guardrails4j.api.*;
            import java.util.*;
            import java.util.concurrent.*;
            public class LoaderRail implements Rail {
                static boolean isOwn() {
                    return Thread.currentThread().getContextClassLoader() == LoaderRail.class.getClassLoader();
                }
                @Override public String name() { return "loaders"; }
                @Override public Set<Stage> stages() { return Set.of(Stage.INPUT); }
                @Override public RailCheck configure(RailSetup setup) {
                    boolean inConfigure = isOwn();
                    return context -> {
                        boolean inCheck = isOwn();
                        ExecutorService pool = Executors.newSingleThreadExecutor();
                        boolean inOwnThread = pool.submit(LoaderRail::isOwn).get();
                        pool.shutdown();
                        boolean inOwnTask = CompletableFuture.supplyAsync(LoaderRail::isOwn, task -> {
                            Thread thread = new Thread(task);
                            thread.setDaemon(true);
                            thread.start();
                        }).get();
                        Object inAction = context.execute("whose_loader", Map.of());
                        boolean afterAction = isOwn();
                        String service = ServiceLoader.load(Runnable.class).iterator().next().getClass().getName();
                        String resource = new String(Thread.currentThread().getContextClassLoader()
                                .getResourceAsStream("words.txt").readAllBytes());
                        return Verdict.block("told")
                                .with("configure", inConfigure)
                                .with("check", inCheck)
                                .with("own thread", inOwnThread)
                                .with("own task", inOwnTask)
                                .with("action of another", inAction)
                                .with("after it", afterAction)
                                .with("service", service)
                                .with("resource", resource);
                    };
                }
            }
            """;

    private static final String ACTION = """
            import dev.guardrails4j.api.*;
            public class WhoseAction implements Action {
                @Override public String name() { return "whose_loader"; }
                @Override public Object execute(ActionContext context) {
                    return Thread.currentThread().getContextClassLoader() == getClass().getClassLoader();
                }
            }
            """;

    @TempDir
    private Path folder;

    @Test
    void isThePluginsInConfigureCheckExecuteAndInItsOwnThreads() throws IOException {
        new JarBuilder()
                .source("com.acme.LoaderRail", RAIL)
                .service(Rail.class, "com.acme.LoaderRail")
                .source("com.acme.Worker", "public class Worker implements Runnable { public void run() {} }")
                .service(Runnable.class, "com.acme.Worker")
                .resource("words.txt", "its own")
                .writeTo(folder.resolve("plugins/loaders.jar"));
        new JarBuilder()
                .source("com.other.WhoseAction", ACTION)
                .service(Action.class, "com.other.WhoseAction")
                .writeTo(folder.resolve("plugins/other.jar"));

        try (PluggedEngine engine = new PluggedEngine(folder, RailLimits.Book.DEFAULT, "- loaders")) {
            ActivatedRail rail = engine.check("any text");

            assertThat(rail.evidence())
                    .containsEntry("configure", true)
                    .containsEntry("check", true)
                    .containsEntry("own thread", true)
                    .containsEntry("own task", true)
                    .containsEntry("action of another", true)
                    .containsEntry("after it", true)
                    .containsEntry("service", "com.acme.Worker")
                    .containsEntry("resource", "its own");
        }
    }
}
