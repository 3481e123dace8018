package dev.guardrails4j.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class ChangeWatchTest {

    private final AtomicReference<Map<String, Object>> things = new AtomicReference<>(Map.of("a", 1));
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final List<Set<String>> told = new CopyOnWriteArrayList<>();

    @Test
    void tellsOfWhatChangesAfterItsFirstLook() {
        try (ChangeWatch watch = new ChangeWatch(List.of(new Watched("things", things::get, told::add)))) {
            things.set(Map.of("a", 2));
            watch.start();

            await().untilAsserted(() -> assertThat(told).containsExactly(Set.of("a")));
        }
    }

    @Test
    void goesOnAfterNothingCouldBeSeen() {
        try (ChangeWatch watch = new ChangeWatch(List.of(new Watched("things", this::look, told::add)))) {
            failure.set(new IllegalStateException("away"));
            watch.start();
            await().until(() -> failure.get() == null);

            things.set(Map.of("a", 2));

            await().untilAsserted(() -> assertThat(told).containsExactly(Set.of("a")));
        }
    }

    @Test
    void goesOnAfterAChangeCouldNotBeTakenUp() {
        Watched failing = new Watched("failing", things::get, changed -> {
            told.add(changed);
            throw new IllegalStateException("cannot");
        });
        try (ChangeWatch watch = new ChangeWatch(List.of(failing, new Watched("things", things::get, told::add)))) {
            watch.start();
            things.set(Map.of("a", 2));
            await().untilAsserted(() -> assertThat(told).hasSize(2));

            things.set(Map.of("b", 1));

            await().untilAsserted(() -> assertThat(told).hasSize(4).endsWith(Set.of("a", "b"), Set.of("a", "b")));
        }
    }

    @Test
    void endsWhenItIsClosedStartedOrNot() {
        ChangeWatch watch = new ChangeWatch(List.of(new Watched("things", things::get, told::add)));
        watch.start();
        watch.close();
        new ChangeWatch(List.of(new Watched("things", things::get, told::add))).close();

        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(Thread::isAlive)
                .extracting(Thread::getName)
                .doesNotContain("guardrails-watch");
    }

    private Map<String, Object> look() {
        RuntimeException thrown = failure.getAndSet(null);
        if (thrown != null) {
            throw thrown;
        }
        return things.get();
    }
}
