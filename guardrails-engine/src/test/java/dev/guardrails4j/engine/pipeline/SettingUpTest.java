package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.engine.plugin.CataloguedAction;
import dev.guardrails4j.engine.plugin.Plugin;
import dev.guardrails4j.engine.plugin.PluginFolder;
import dev.guardrails4j.engine.plugin.PluginLoader;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DESIGN 3: code of a plug-in that hangs while a configuration is compiled. */
class SettingUpTest {

    private static final Duration SHORT = Duration.ofMillis(50);

    @TempDir
    private Path folder;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private Plugin plugin;

    @BeforeEach
    void loadAJar() throws IOException {
        new JarBuilder()
                .source("com.acme.Nothing", """
                public class Nothing implements dev.guardrails4j.api.Action {
                    @Override public String name() { return "nothing"; }
                    @Override public Object execute(dev.guardrails4j.api.ActionContext context) { return ""; }
                }
                """)
                .service(Action.class, "com.acme.Nothing")
                .writeTo(folder.resolve("plugins/nothing.jar"));
        plugin = new PluginLoader(
                        List.of(new PluginFolder(folder.resolve("plugins"), Plugin.Origin.DROPPED)),
                        folder.resolve("copies"))
                .load()
                .action("nothing")
                .map(CataloguedAction::plugin)
                .orElseThrow();
    }

    @AfterEach
    void stopTheClock() {
        clock.shutdownNow();
    }

    @Test
    void interruptsCodeThatHangsAndSaysSo() {
        assertThatThrownBy(() -> SettingUp.run(plugin, SettingUpTest::hang, SHORT, clock))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("it took longer than")
                .hasCauseInstanceOf(InterruptedException.class);

        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void forgetsAnInterruptThatTheCodeHeededByGoingOn() throws Exception {
        String made = SettingUp.run(
                plugin,
                () -> {
                    while (!Thread.currentThread().isInterrupted()) {
                        Thread.onSpinWait();
                    }
                    return "late";
                },
                SHORT,
                clock);

        assertThat(made).isEqualTo("late");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void leavesWhatIsInTimeAlone() throws Exception {
        assertThat(SettingUp.run(plugin, Thread.currentThread()::getContextClassLoader, Duration.ofMinutes(1), clock))
                .isSameAs(plugin.loader());
        assertThatThrownBy(() -> SettingUp.run(
                        plugin,
                        () -> {
                            throw new IOException("its own");
                        },
                        Duration.ofMinutes(1),
                        clock))
                .isInstanceOf(IOException.class);
    }

    private static String hang() throws InterruptedException {
        new CountDownLatch(1).await();
        return "never";
    }
}
