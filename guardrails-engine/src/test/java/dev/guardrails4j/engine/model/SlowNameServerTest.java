package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ModelException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.hc.client5.http.DnsResolver;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What hosts are looked up with may hang, and cannot be interrupted: docs/faults.md. */
@Timeout(60)
class SlowNameServerTest {

    private static final String IN_TIME = "the model could not be reached: its host was not looked up in time";
    private static final String TOO_LATE = "the model did not answer in time";
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(100);

    private final CountDownLatch nameServer = new CountDownLatch(1);
    private final AtomicInteger lookups = new AtomicInteger();
    private final ModelFixture fixture = new ModelFixture();
    private final ModelHttpClient client = new ModelHttpClient(
            new ModelHttpClient.Limits(4_000, 1024 * 1024, Duration.ofMillis(1)), new HangingNames());

    @AfterEach
    void close() {
        nameServer.countDown();
        client.close();
        fixture.close();
    }

    @Test
    void aLookupTakesNoLongerThanAConnectionMay() {
        assertThatThrownBy(() -> ask(model("slow.test", LONG, SHORT), TestDeadline.far()))
                .isInstanceOf(ModelException.class)
                .hasMessage(IN_TIME);
    }

    @Test
    void aCallEndsAtItsTimeOut() {
        assertThatThrownBy(() -> ask(model("slow.test", SHORT, LONG), TestDeadline.far()))
                .hasMessage(TOO_LATE);
    }

    @Test
    void aStreamEndsAtItsTimeOut() {
        assertThatThrownBy(() -> model("slow.test", SHORT, LONG).stream(ModelFixture.HELLO, TestDeadline.far()))
                .hasMessage(TOO_LATE);
    }

    @Test
    void aCallEndsWhenNobodyWaitsForIt() {
        TestDeadline deadline = TestDeadline.far();
        CompletableFuture<String> call =
                CompletableFuture.supplyAsync(() -> ask(model("slow.test", LONG, LONG), deadline));
        await().until(() -> lookups.get() == 1);

        deadline.end();

        assertThatThrownBy(call::get).hasRootCauseMessage(TOO_LATE);
    }

    @Test
    void otherHostsAreAskedMeanwhileAndOneLookupServesAllCalls() {
        fixture.upstream.answer("Hello!");
        List<CompletableFuture<String>> calls = Stream.generate(() -> model("slow.test", LONG, LONG))
                .limit(40)
                .map(slow -> CompletableFuture.supplyAsync(() -> ask(slow, TestDeadline.far()), work -> {
                    new Thread(work).start();
                }))
                .toList();
        await().until(() -> lookups.get() == 1);

        assertThat(ask(model("quick.test", LONG, LONG), TestDeadline.far())).isEqualTo("Hello!");
        nameServer.countDown();

        assertThat(calls).allSatisfy(call -> assertThat(call.join()).isEqualTo("Hello!"));
        // Whoever came after its end began another.
        assertThat(lookups).hasValueLessThan(40);
    }

    @Test
    void tellsThatAHostIsNotKnown() {
        assertThatThrownBy(() -> ask(model("unknown.test", LONG, LONG), TestDeadline.far()))
                .hasMessage("the model could not be reached: its host is not known");
    }

    private static String ask(ChatModel model, TestDeadline deadline) {
        return model.generate(ModelFixture.HELLO, deadline).text();
    }

    private ChatModel model(String host, Duration timeout, Duration connect) {
        TestSetup setup = fixture.setup()
                .with("base_url", fixture.upstream.baseUrl().replace("127.0.0.1", host))
                .with("timeout", timeout)
                .with("timeout_connect", connect)
                .with("max_attempts", 1);
        return new OpenAiCompatibleProvider(name -> Optional.empty(), client).connect(setup);
    }

    /** Hangs as the JVM's own lookup does: without regard for interrupts. */
    private final class HangingNames implements DnsResolver {

        @Override
        public InetAddress[] resolve(String host) throws UnknownHostException {
            if (host.startsWith("slow")) {
                lookups.incrementAndGet();
                hang();
            }
            if (host.startsWith("unknown")) {
                throw new UnknownHostException(host);
            }
            return new InetAddress[] {InetAddress.getLoopbackAddress()};
        }

        private void hang() {
            boolean interrupted = false;
            while (true) {
                try {
                    nameServer.await();
                    break;
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public String resolveCanonicalHostname(String host) {
            return host;
        }
    }
}
