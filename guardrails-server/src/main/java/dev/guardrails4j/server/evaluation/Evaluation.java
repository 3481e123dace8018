package dev.guardrails4j.server.evaluation;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.trace.ActivatedRail;
import dev.guardrails4j.engine.trace.ActivatedRail.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Lets the rails of a configuration look at labelled texts, several at once, and counts what they catch. Every rail sees
 * every text as it is. A text counts as caught if the rail blocks it or rewrites it. Memory does not grow with the data.
 */
public final class Evaluation {

    /** A rail that has failed so often and never decided will not do so later. */
    private static final int HOPELESS = 20;

    private final Guardrails guardrails;
    private final EvaluationPlan plan;
    private final Progress progress;
    private final Map<Stage, List<RailMeasure>> measures = new EnumMap<>(Stage.class);
    private final RailMeasure together;
    private final AtomicLong texts = new AtomicLong();
    private volatile boolean stopped;

    private Evaluation(Guardrails guardrails, EvaluationPlan plan, Progress progress) {
        this.guardrails = guardrails;
        this.plan = plan;
        this.progress = progress;
        this.together = measure("", "all rails");
        for (Stage stage : Stage.values()) {
            List<RailMeasure> atStage = guardrails.config().flows().getOrDefault(stage, List.of()).stream()
                    .map(FlowConfig::reference)
                    .filter(flow -> plan.rails().wants(stage, flow.name(), flow.text()))
                    .map(flow -> measure(stage.name().toLowerCase(Locale.ROOT), flow.text()))
                    .toList();
            if (!atStage.isEmpty()) {
                measures.put(stage, atStage);
            }
        }
    }

    private RailMeasure measure(String stage, String flow) {
        return new RailMeasure(stage, flow, plan.format().entities(), plan.examples());
    }

    /**
     * Measures.
     *
     * @throws EvaluationException if it makes no sense to go on
     * @throws IOException if a data file cannot be read
     * @throws InterruptedException if the calling thread is interrupted; what was begun is then stopped
     */
    public static EvaluationFigures run(Guardrails guardrails, EvaluationPlan plan, Progress progress)
            throws IOException, InterruptedException {
        return new Evaluation(guardrails, plan, progress).run();
    }

    private EvaluationFigures run() throws IOException, InterruptedException {
        if (measures.isEmpty()) {
            throw new EvaluationException("the configuration has no rails to measure");
        }
        long start = System.nanoTime();
        try (DataLines lines = new DataLines(plan.sources())) {
            work(lines);
            List<RailFigures> rails = measures.values().stream()
                    .flatMap(List::stream)
                    .map(RailMeasure::figures)
                    .toList();
            return new EvaluationFigures(
                    texts.get(),
                    lines.skippedCount(),
                    lines.badCount(),
                    lines.badLines(),
                    rails,
                    rails.size() > 1 ? Optional.of(together.figures()) : Optional.empty(),
                    Duration.ofNanos(System.nanoTime() - start));
        }
    }

    /** Each worker takes the next line when it is done with the one before, so that no more wait than are worked on. */
    private void work(DataLines lines) throws IOException, InterruptedException {
        ExecutorService workers = Executors.newFixedThreadPool(plan.parallel(), work -> {
            Thread thread = new Thread(work, "guardrails-eval");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<Void>> running = new ArrayList<>();
            for (int i = 0; i < plan.parallel(); i++) {
                running.add(workers.submit((Callable<Void>) () -> workOn(lines)));
            }
            for (Future<Void> worker : running) {
                finish(worker);
            }
        } finally {
            stopped = true;
            workers.shutdownNow();
        }
    }

    private static void finish(Future<Void> worker) throws IOException, InterruptedException {
        try {
            worker.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IOException unreadable) {
                throw unreadable;
            }
            if (e.getCause() instanceof EvaluationException hopeless) {
                throw hopeless;
            }
            throw new IllegalStateException("a text could not be evaluated", e.getCause());
        }
    }

    private Void workOn(DataLines lines) throws IOException {
        try {
            Optional<DataLines.Numbered> line = lines.next();
            while (line.isPresent() && !stopped) {
                evaluate(line.get(), lines);
                line = lines.next();
            }
            return null;
        } catch (IOException | RuntimeException e) {
            stopped = true;
            throw e;
        }
    }

    private void evaluate(DataLines.Numbered line, DataLines lines) {
        Optional<LabelledText> text;
        try {
            text = line.line()
                    .parse(plan.format())
                    .filter(labelled -> plan.half().has(labelled.text()));
        } catch (BadLineException e) {
            lines.bad(line.position(), new BadLine(line.line().place(), String.valueOf(e.getMessage())));
            return;
        }
        if (text.isEmpty()) {
            lines.skipped();
            return;
        }
        evaluate(line.position(), text.get());
        progress.done(texts.incrementAndGet(), line.bytesRead(), lines.totalBytes());
    }

    private void evaluate(long position, LabelledText text) {
        Tally tally = new Tally();
        measures.forEach((stage, rails) -> {
            try {
                List<ActivatedRail> decided = guardrails.examine(stage, text.text(), plan.rails());
                for (int i = 0; i < rails.size(); i++) {
                    count(position, text, rails.get(i), decided.get(i), tally);
                }
            } catch (RailUnavailableException e) {
                rails.forEach(rail -> fail(position, text, rail, String.valueOf(e.getMessage()), tally));
            }
        });
        if (!tally.caughtBy.isEmpty() || tally.failures.isEmpty()) {
            Map<String, Object> evidence = tally.caughtBy.isEmpty() ? Map.of() : Map.of("caught_by", tally.caughtBy);
            together.decided(position, text.withoutSpans(), !tally.caughtBy.isEmpty(), evidence, tally.duration);
        } else {
            together.failed(position, text, tally.failures.get(0));
        }
    }

    private static void count(long position, LabelledText text, RailMeasure measure, ActivatedRail rail, Tally tally) {
        if (rail.outcome() == Outcome.FAILED || rail.outcome() == Outcome.BYPASSED) {
            fail(position, text, measure, String.valueOf(rail.evidence().get("failure")), tally);
            return;
        }
        boolean caught = rail.outcome() != Outcome.PASSED;
        measure.decided(position, text, caught, rail.evidence(), rail.duration());
        tally.duration = tally.duration.plus(rail.duration());
        if (caught) {
            tally.caughtBy.add(rail.name());
        }
    }

    private static void fail(long position, LabelledText text, RailMeasure measure, String why, Tally tally) {
        measure.failed(position, text, why);
        tally.failures.add(why);
        if (measure.onlyFailed(HOPELESS)) {
            throw new EvaluationException(
                    "a rail has failed on all of the first %d texts, last with: %s".formatted(HOPELESS, why));
        }
    }

    /** What all rails together make of one text. */
    private static final class Tally {

        private final List<String> caughtBy = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();
        private Duration duration = Duration.ZERO;
    }
}
