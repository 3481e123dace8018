package dev.guardrails4j.engine.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.api.ChatChunk;
import dev.guardrails4j.api.ChatStream;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.RequestCancelledException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ReadAheadTest {

    private final Source source = new Source();

    @Test
    void readsUpToItsLimitAndThenWhatIsAskedFor() {
        ReadAhead ahead = new ReadAhead(source, 3);
        ahead.run();
        assertThat(source.given).hasValue(3);

        assertThat(texts(ahead, 3)).isEqualTo("0 1 2 ");
        assertThat(source.given).hasValue(3);
        assertThat(texts(ahead, 2)).isEqualTo("3 4 ");
        assertThat(source.given).hasValue(5);
    }

    @Test
    void readsNothingAheadOnceItIsAskedFor() {
        ReadAhead ahead = new ReadAhead(source, 3);
        assertThat(texts(ahead, 1)).isEqualTo("0 ");

        ahead.run();

        assertThat(source.given).hasValue(1);
    }

    @Test
    void boundsLongChunksToo() {
        ReadAhead ahead = new ReadAhead(ChatStream.of(List.of(chunk("x".repeat(1_100_000)), chunk("y"))), 100);
        ahead.run();

        assertThat(ahead.next()).isPresent();
        assertThat(ahead.next()).map(ChatChunk::text).contains("y");
    }

    @Test
    void waitsForTheChunkThatIsBeingRead() throws Exception {
        source.gate = new CountDownLatch(1);
        ReadAhead ahead = new ReadAhead(source, 3);
        Thread reader = new Thread(ahead::run);
        reader.start();
        source.waiting.await();
        CompletableFuture<String> first =
                CompletableFuture.supplyAsync(() -> texts(ahead, 2), work -> new Thread(work).start());

        source.gate.countDown();

        assertThat(first.get()).isEqualTo("0 1 ");
        reader.join();
    }

    @Test
    void tellsAFailureAfterWhatCameBefore() {
        source.most = 2;
        source.failure = Optional.of(ModelException.withMessage("gone").build());
        ReadAhead ahead = new ReadAhead(source, 10);
        ahead.run();

        assertThat(texts(ahead, 2)).isEqualTo("0 1 ");
        assertThatThrownBy(ahead::next).isInstanceOf(ModelException.class).hasMessage("gone");
        assertThatThrownBy(ahead::next).isInstanceOf(ModelException.class);
    }

    @Test
    void endsWhereTheAnswerEnds() {
        source.most = 2;
        ReadAhead ahead = new ReadAhead(source, 10);
        ahead.run();

        assertThat(texts(ahead, 2)).isEqualTo("0 1 ");
        assertThat(ahead.next()).isEmpty();
        assertThat(ahead.next()).isEmpty();
    }

    @Test
    void givesNothingOnceItIsClosed() {
        ReadAhead ahead = new ReadAhead(source, 3);
        ahead.run();
        ahead.close();

        assertThat(ahead.next()).isEmpty();
        assertThat(source.closed).hasValue(1);
        ahead.run();
        assertThat(source.given).hasValue(3);
    }

    @Test
    void stopsWaitingWhenItsReaderIsInterrupted() throws Exception {
        source.gate = new CountDownLatch(1);
        ReadAhead ahead = new ReadAhead(source, 3);
        Thread reading = new Thread(ahead::run);
        reading.start();
        source.waiting.await();
        CompletableFuture<Throwable> failure = new CompletableFuture<>();
        Thread reader = new Thread(() -> {
            try {
                ahead.next();
            } catch (RequestCancelledException e) {
                failure.complete(e);
            }
        });
        reader.start();
        await().until(() -> reader.getState() == Thread.State.WAITING);

        reader.interrupt();

        assertThat(failure.get()).isInstanceOf(RequestCancelledException.class);
        source.gate.countDown();
        reading.join();
    }

    private static String texts(ChatStream stream, int count) {
        StringBuilder texts = new StringBuilder();
        for (int i = 0; i < count; i++) {
            texts.append(stream.next().orElseThrow().text());
        }
        return texts.toString();
    }

    private static ChatChunk chunk(String text) {
        return new ChatChunk("", text, "", List.of(), "", Optional.empty());
    }

    /** Counts. */
    private static final class Source implements ChatStream {

        private final AtomicInteger given = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private final CountDownLatch waiting = new CountDownLatch(1);
        private volatile CountDownLatch gate = new CountDownLatch(0);
        private volatile int most = Integer.MAX_VALUE;
        private volatile Optional<ModelException> failure = Optional.empty();

        @Override
        public Optional<ChatChunk> next() {
            waiting.countDown();
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            if (given.get() == most) {
                failure.ifPresent(exception -> {
                    throw exception;
                });
                return Optional.empty();
            }
            return Optional.of(chunk(given.getAndIncrement() + " "));
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
