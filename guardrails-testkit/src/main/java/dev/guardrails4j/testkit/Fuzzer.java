package dev.guardrails4j.testkit;

import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Holds a rule against many inputs that are made by chance, always the same ones:
 *
 * <pre>{@code
 * Fuzzer.check(2_000, random -> random.text(200), text -> assertThat(shortened(text)).hasSizeLessThan(101));
 * }</pre>
 *
 * <p>Each input is made from a seed of its own: the first from 1, the next from 2, and so on. A failure tells the seed, and
 * {@code -Dfuzz.seed=} with it begins with the input that failed. With {@code -Dfuzz.seconds=60} there are as many inputs as
 * go into that time, and a line in the log says how many that were. An input that takes longer than a minute fails,
 * with what its thread was doing.
 *
 * @since 0.1
 */
public final class Fuzzer {

    private static final System.Logger LOG = System.getLogger(Fuzzer.class.getName());
    private static final Duration LONGEST = Duration.ofMinutes(1);
    private static final int SHOWN = 2_000;

    private Fuzzer() {}

    /** What must hold of every input; throws where it does not. */
    @FunctionalInterface
    public interface Rule<T> {

        /** Throws, {@link AssertionError} or anything else, if the rule does not hold. */
        void check(T input) throws Exception;
    }

    /**
     * Checks as many inputs, or as many as {@code fuzz.seconds} allow.
     *
     * @param inputs how many, at least 1
     * @param generator makes an input; what it throws is a failure too
     * @throws AssertionError if the rule does not hold of one, with its seed and the input
     */
    public static <T> void check(int inputs, Function<SeededRandom, T> generator, Rule<T> rule) {
        check(inputs, generator, rule, LONGEST);
    }

    static <T> void check(int inputs, Function<SeededRandom, T> generator, Rule<T> rule, Duration longest) {
        Run<T> run = new Run<>(inputs, generator, rule);
        Thread thread = new Thread(run, "fuzzer");
        thread.setDaemon(true);
        thread.start();
        try {
            long step = Math.min(1_000, longest.toMillis());
            for (thread.join(step); thread.isAlive(); thread.join(step)) {
                run.refuseStandstill(thread, longest);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        run.failure().ifPresent(failure -> {
            throw failure;
        });
    }

    private static final class Run<T> implements Runnable {

        private final long firstSeed = Long.getLong("fuzz.seed", 1);
        private final Optional<Duration> time =
                Optional.ofNullable(Long.getLong("fuzz.seconds")).map(Duration::ofSeconds);
        private final int inputs;
        private final Function<SeededRandom, T> generator;
        private final Rule<T> rule;
        private final AtomicReference<@Nullable AssertionError> failure = new AtomicReference<>();
        private volatile long seed = firstSeed;
        private volatile long began = System.nanoTime();
        private volatile String input = "not made yet";

        Run(int inputs, Function<SeededRandom, T> generator, Rule<T> rule) {
            this.inputs = inputs;
            this.generator = generator;
            this.rule = rule;
        }

        @Override
        public void run() {
            long start = System.nanoTime();
            long slowest = 0;
            long slowestSeed = firstSeed;
            long count = 0;
            while (time.isPresent() ? System.nanoTime() - start < time.get().toNanos() : count < inputs) {
                seed = firstSeed + count;
                began = System.nanoTime();
                try {
                    checkOne();
                } catch (Throwable e) {
                    failure.set(new AssertionError(describe("The rule does not hold"), e));
                    return;
                }
                long took = System.nanoTime() - began;
                if (took > slowest) {
                    slowest = took;
                    slowestSeed = seed;
                }
                count++;
            }
            if (time.isPresent()) {
                report(count, Duration.ofNanos(System.nanoTime() - start), slowestSeed, Duration.ofNanos(slowest));
            }
        }

        private void report(long count, Duration took, long slowestSeed, Duration slowest) {
            LOG.log(
                    System.Logger.Level.INFO,
                    () -> "%s: %,d inputs from seed %d in %d s; the slowest, of seed %d, took %d ms"
                            .formatted(
                                    rule.getClass().getName().replaceFirst("\\$\\$Lambda.*", ""),
                                    count,
                                    firstSeed,
                                    took.toSeconds(),
                                    slowestSeed,
                                    slowest.toMillis()));
        }

        private void checkOne() throws Exception {
            input = "not made yet";
            T made = generator.apply(new SeededRandom(seed));
            input = String.valueOf(made);
            rule.check(made);
        }

        void refuseStandstill(Thread thread, Duration longest) {
            if (System.nanoTime() - began > longest.toNanos()) {
                StackTraceElement[] doing = thread.getStackTrace();
                thread.interrupt();
                String where =
                        Arrays.stream(doing).map(line -> "\n\tat " + line).collect(Collectors.joining());
                throw new AssertionError(describe("More than " + longest + " for the check") + where);
            }
        }

        Optional<AssertionError> failure() {
            return Optional.ofNullable(failure.get());
        }

        private String describe(String what) {
            StringBuilder text = new StringBuilder(what)
                    .append(" of an input; again with -Dfuzz.seed=")
                    .append(seed)
                    .append(": ");
            input.chars()
                    .limit(SHOWN)
                    .forEach(unit -> text.append(
                            unit == '\n' || (unit >= ' ' && unit < 0x7F)
                                    ? String.valueOf((char) unit)
                                    : "\\u%04X".formatted(unit)));
            return text.toString();
        }
    }
}
