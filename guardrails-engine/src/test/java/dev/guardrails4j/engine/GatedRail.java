package dev.guardrails4j.engine;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Decides when and what its gate, found by {@code $gate}, is told. */
public class GatedRail implements Rail {

    private static final Map<String, Gate> GATES = new ConcurrentHashMap<>();
    private static final AtomicInteger COUNT = new AtomicInteger();

    /** What a test and one mention of the rail share. */
    static final class Gate {

        private final String id = "gate" + COUNT.incrementAndGet();
        private final CountDownLatch entered = new CountDownLatch(1);
        private final CountDownLatch interrupted = new CountDownLatch(1);
        private final AtomicInteger checks = new AtomicInteger();
        private final CompletableFuture<Verdict> verdict = new CompletableFuture<>();

        static Gate create() {
            Gate gate = new Gate();
            GATES.put(gate.id, gate);
            return gate;
        }

        String id() {
            return id;
        }

        Gate decide(Verdict decided) {
            verdict.complete(decided);
            return this;
        }

        void fail(RuntimeException failure) {
            verdict.completeExceptionally(failure);
        }

        void awaitEntered() throws InterruptedException {
            if (!entered.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("The rail was not started");
            }
        }

        void awaitInterrupted() throws InterruptedException {
            if (!interrupted.await(30, TimeUnit.SECONDS)) {
                throw new AssertionError("The rail was not interrupted");
            }
        }

        int checks() {
            return checks.get();
        }

        private Verdict check() throws Exception {
            checks.incrementAndGet();
            entered.countDown();
            try {
                return verdict.get(60, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
        }
    }

    /** The same, and says that it may rewrite. */
    public static final class Rewriting extends GatedRail {

        @Override
        public String name() {
            return "gated rewrite";
        }

        @Override
        public boolean rewrites() {
            return true;
        }
    }

    @Override
    public String name() {
        return "gated";
    }

    @Override
    public Set<Stage> stages() {
        return Set.of(Stage.INPUT, Stage.OUTPUT);
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        Gate gate = GATES.get(setup.parameter("gate").orElseThrow());
        return context -> gate.check();
    }
}
