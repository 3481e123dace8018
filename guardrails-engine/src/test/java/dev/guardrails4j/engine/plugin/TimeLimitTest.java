package dev.guardrails4j.engine.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** DESIGN 3: code of a plug-in that hangs. */
class TimeLimitTest {

    private final TimeLimit brief = new TimeLimit(Duration.ofMillis(50));
    private final TimeLimit ample = new TimeLimit(Duration.ofMinutes(1));
    private final CountDownLatch never = new CountDownLatch(1);
    private final Plugin plugin = new Plugin(
            "acme.jar",
            Optional.empty(),
            Plugin.Origin.DROPPED,
            PluginDescription.NONE,
            new ClassLoader("acme", null) {});

    @Test
    void interruptsCodeThatHangsAndSaysWhereItWas() {
        CompletableFuture<String> interrupted = new CompletableFuture<>();

        assertThatThrownBy(() -> brief.call(plugin, "configure x", () -> {
                    try {
                        never.await();
                    } catch (InterruptedException end) {
                        interrupted.complete(Thread.currentThread().getName());
                    }
                    return "late";
                }))
                .isInstanceOf(TimeoutException.class)
                .hasMessage("it took longer than 50 ms")
                .hasStackTraceContaining("where thread 'configure x' was")
                .hasStackTraceContaining("CountDownLatch.await");

        assertThat(interrupted.join()).isEqualTo("configure x");
    }

    @Test
    void goesOnWithoutCodeThatHeedsNoInterrupt() {
        assertThatThrownBy(() -> brief.call(plugin, "configure x", () -> {
                    while (never.getCount() > 0) {
                        Thread.onSpinWait();
                    }
                    return "late";
                }))
                .isInstanceOf(TimeoutException.class);

        never.countDown();
    }

    @Test
    void givesWhatTheCodeReturnsOrThrows() throws Exception {
        assertThat(ample.call(plugin, "x", Thread.currentThread()::getName))
                .isEqualTo(Thread.currentThread().getName());
        assertThatThrownBy(() -> ample.call(plugin, "x", () -> {
                    throw new IOException("its own");
                }))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> ample.call(plugin, "x", () -> {
                    throw new AssertionError("its own");
                }))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void runsTheCodeWithThePluginsLoader() throws Exception {
        assertThat(ample.call(plugin, "x", () -> Thread.currentThread().getContextClassLoader()))
                .isSameAs(plugin.loader());
    }

    @Test
    void interruptsTheCodeWhenItsCallerIsInterrupted() {
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread caller = Thread.currentThread();

        assertThatThrownBy(() -> ample.call(plugin, "x", () -> {
                    caller.interrupt();
                    try {
                        return never.await(1, java.util.concurrent.TimeUnit.MINUTES);
                    } catch (InterruptedException end) {
                        return interrupted.complete(true);
                    }
                }))
                .isInstanceOf(InterruptedException.class);

        assertThat(interrupted.join()).isTrue();
    }
}
