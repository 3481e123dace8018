package dev.guardrails4j.server.threads;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Role;
import dev.guardrails4j.api.ToolCall;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What every store does. */
@DisplayName("chat-server-contract 5 and DESIGN 5: threads")
abstract class ThreadStoreContract {

    private static final ThreadKey KEY = new ThreadKey(ThreadKey.EVERYBODY, "thread-0123456789");
    private static final List<Message> TURN = List.of(Message.user("What is 6 by 7?"), Message.assistant("42"));

    private ThreadStore store;

    abstract ThreadStore open(ThreadLimits limits);

    /** Lets time go by, as the store sees it. */
    abstract void advance(Duration time) throws Exception;

    /** A time after which threads are to expire that the test can wait for. */
    Duration shortTime() {
        return Duration.ofDays(1);
    }

    @BeforeEach
    void openStore() {
        store = open(ThreadLimits.DEFAULT);
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    private void reopen(ThreadLimits limits) {
        store.close();
        store = open(limits);
    }

    @Test
    void hasNothingOfAThreadThatNobodyBegan() {
        assertThat(store.read(KEY)).isEmpty();
        assertThat(store.delete(KEY)).isFalse();
        assertThat(store.list(ThreadKey.EVERYBODY, "", 10).threads()).isEmpty();
    }

    @Test
    void keepsTurnsInTheirOrder() {
        store.append(KEY, TURN);
        store.append(KEY, List.of(Message.user("And 6 by 8?"), Message.assistant("48")));

        assertThat(texts()).containsExactly("What is 6 by 7?", "42", "And 6 by 8?", "48");
        assertThat(store.read(KEY).orElseThrow().messages().subList(0, 2)).isEqualTo(TURN);
        assertThat(store.read(KEY).orElseThrow().bytes()).isBetween(100L, 400L);
    }

    @Test
    void keepsEverythingThatAMessageHas() {
        List<Message> turn = List.of(
                new Message(
                        Role.USER,
                        List.of(
                                ContentPart.text("Was ist das? \u00e4\u20ac\ud83d\ude00"),
                                new ContentPart("image_url", "", Map.of("image_url", Map.of("url", "data:,x")))),
                        List.of(),
                        Map.of("name", "Ann")),
                new Message(
                        Role.ASSISTANT,
                        List.of(),
                        List.of(new ToolCall("call_1", "look", "{\"at\": \"it\"}")),
                        Map.of()),
                new Message(Role.TOOL, List.of(ContentPart.text("a cat")), List.of(), Map.of("tool_call_id", "call_1")),
                new Message(Role.ASSISTANT, List.of(), List.of(), Map.of("refusal", "No.")),
                Message.assistant(""));

        store.append(KEY, turn);

        assertThat(store.read(KEY).orElseThrow().messages()).isEqualTo(turn);
    }

    @Test
    void keepsThreadsApart() {
        ThreadKey longer = new ThreadKey(ThreadKey.EVERYBODY, KEY.id() + "0");
        ThreadKey strange = new ThreadKey(ThreadKey.EVERYBODY, KEY.id() + "}\u0000 {*/\u00e4");
        ThreadKey elsewhere = new ThreadKey("another", KEY.id());

        for (ThreadKey key : List.of(KEY, longer, strange, elsewhere)) {
            store.append(key, List.of(Message.user(key.scope() + key.id())));
        }

        for (ThreadKey key : List.of(KEY, longer, strange, elsewhere)) {
            assertThat(store.read(key).orElseThrow().messages())
                    .extracting(Message::text)
                    .containsExactly(key.scope() + key.id());
        }
        assertThat(store.list("another", "", 10).threads())
                .extracting(ThreadSummary::id)
                .containsExactly(KEY.id());
    }

    @Test
    void forgetsAThreadThatIsDeleted() {
        store.append(KEY, TURN);

        assertThat(store.delete(KEY)).isTrue();

        assertThat(store.read(KEY)).isEmpty();
        assertThat(store.delete(KEY)).isFalse();
        assertThat(store.list(ThreadKey.EVERYBODY, "", 10).threads()).isEmpty();
        store.append(KEY, List.of(Message.user("Anew")));
        assertThat(texts()).containsExactly("Anew");
    }

    @Test
    void listsThreadsPageByPage() {
        List<String> ids =
                IntStream.range(0, 7).mapToObj("thread-000000000%d"::formatted).toList();
        ids.forEach(id -> store.append(new ThreadKey(ThreadKey.EVERYBODY, id), TURN));

        ThreadPage first = store.list(ThreadKey.EVERYBODY, "", 3);
        ThreadPage second = store.list(ThreadKey.EVERYBODY, ids.get(2), 3);
        ThreadPage third = store.list(ThreadKey.EVERYBODY, ids.get(5), 3);

        assertThat(first.threads()).extracting(ThreadSummary::id).isEqualTo(ids.subList(0, 3));
        assertThat(first.hasMore()).isTrue();
        assertThat(second.threads()).extracting(ThreadSummary::id).isEqualTo(ids.subList(3, 6));
        assertThat(second.hasMore()).isTrue();
        assertThat(third.threads()).extracting(ThreadSummary::id).isEqualTo(ids.subList(6, 7));
        assertThat(third.hasMore()).isFalse();
        assertThat(first.threads().get(0).messages()).isEqualTo(2);
        assertThat(first.threads().get(0).updatedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.HOURS));
    }

    @Test
    void forgetsAThreadThatHadNoTurnForLong() throws Exception {
        Duration ttl = shortTime();
        reopen(new ThreadLimits(ttl, 10, 10_000));
        store.append(KEY, TURN);

        advance(ttl);

        assertThat(store.read(KEY)).isEmpty();
        assertThat(store.list(ThreadKey.EVERYBODY, "", 10).threads()).isEmpty();
        assertThat(store.delete(KEY)).isFalse();
        store.append(KEY, List.of(Message.user("Anew")));
        assertThat(texts()).containsExactly("Anew");
    }

    @Test
    void countsTheTimeFromTheLastTurn() throws Exception {
        Duration ttl = shortTime().multipliedBy(4);
        reopen(new ThreadLimits(ttl, 100, 100_000));
        store.append(KEY, TURN);

        for (int i = 0; i < 3; i++) {
            advance(ttl.dividedBy(2));
            store.append(KEY, TURN);
        }

        assertThat(texts()).hasSize(8);
    }

    @Test
    void refusesATurnThatMakesTheThreadTooLong() {
        reopen(new ThreadLimits(Duration.ofDays(1), 5, 10_000));
        store.append(KEY, TURN);
        store.append(KEY, TURN);

        assertThatThrownBy(() -> store.append(KEY, TURN))
                .isInstanceOf(ThreadFullException.class)
                .hasMessageContaining("5 messages");

        assertThat(texts()).hasSize(4);
    }

    @Test
    void refusesATurnWithTooMuchText() {
        reopen(new ThreadLimits(Duration.ofDays(1), 100, 2_000));
        store.append(KEY, List.of(Message.user("x".repeat(1_500))));

        assertThatThrownBy(() -> store.append(KEY, List.of(Message.user("x".repeat(500)))))
                .isInstanceOf(ThreadFullException.class)
                .hasMessageContaining("2000 bytes");

        assertThat(texts()).hasSize(1);
    }

    @Test
    void losesNothingOfFiftyWritersAndMixesNoTurns() throws Exception {
        int writers = 50;
        int turns = 8;
        ExecutorService threads = Executors.newFixedThreadPool(writers);
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> running = new ArrayList<>();
        for (int writer = 0; writer < writers; writer++) {
            String name = "writer " + writer;
            running.add(threads.submit(() -> {
                start.await();
                for (int turn = 0; turn < turns; turn++) {
                    String text = name + " turn " + turn;
                    store.append(KEY, List.of(Message.user(text), Message.assistant(text)));
                }
                return null;
            }));
        }

        start.countDown();
        for (Future<?> writer : running) {
            writer.get(120, SECONDS);
        }
        threads.shutdown();

        List<String> texts = texts();
        assertThat(texts).hasSize(writers * turns * 2);
        for (int i = 0; i < texts.size(); i += 2) {
            assertThat(texts.get(i)).isEqualTo(texts.get(i + 1));
        }
        for (int writer = 0; writer < writers; writer++) {
            String name = "writer " + writer + " ";
            assertThat(texts.stream().filter(text -> text.startsWith(name)).distinct())
                    .isEqualTo(IntStream.range(0, turns)
                            .mapToObj(turn -> name + "turn " + turn)
                            .toList());
        }
    }

    @Test
    void survivesThatACallerIsInterrupted() {
        store.append(KEY, TURN);
        Thread.currentThread().interrupt();
        try {
            store.append(KEY, TURN);
        } catch (ThreadStoreException stopped) {
            assertThat(stopped).hasMessageContaining("stopped");
        }
        Thread.interrupted();

        store.append(KEY, List.of(Message.user("After")));

        assertThat(texts()).endsWith("After").startsWith("What is 6 by 7?", "42");
    }

    private List<String> texts() {
        return store.read(KEY).orElseThrow().messages().stream()
                .map(Message::text)
                .toList();
    }
}
