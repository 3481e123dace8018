package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sums up a recording of the JDK's flight recorder: which library's work takes the time, and which makes the garbage. */
@Command(
        name = "profile",
        description =
                "Sums up a recording of the flight recorder by whose work it was: each sample counts for the first"
                        + " caller that is no class of the JDK.",
        footer = {
            "",
            "GUARDRAILS_JAVA_OPTS=-XX:StartFlightRecording=filename=/tmp/g.jfr,settings=profile \\",
            "  ./guardrails-benchmarks/run content-safety && ./guardrails-benchmarks/run profile /tmp/g.jfr"
        })
final class ProfileCommand implements Callable<Integer> {

    private static final int SHOWN = 12;

    private static final Map<String, String> LAYERS = layers();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FILE", description = "A recording, .jfr.")
    private Path file = Path.of("");

    @Override
    public Integer call() {
        Shares time = new Shares();
        Shares garbage = new Shares();
        try (RecordingFile recording = new RecordingFile(file)) {
            while (recording.hasMoreEvents()) {
                RecordedEvent event = recording.readEvent();
                switch (event.getEventType().getName()) {
                    case "jdk.ExecutionSample" -> time.add(event, 1);
                    case "jdk.ObjectAllocationSample" -> garbage.add(event, event.getLong("weight"));
                    default -> {}
                }
            }
        } catch (IOException e) {
            spec.commandLine().getErr().println("benchmark: cannot read " + file + ": " + e.getMessage());
            return 1;
        }
        PrintWriter out = spec.commandLine().getOut();
        time.print(out, "processor time");
        garbage.print(out, "allocated bytes");
        return 0;
    }

    /** The first that a name begins with counts. */
    private static Map<String, String> layers() {
        Map<String, String> layers = new LinkedHashMap<>();
        layers.put("dev.guardrails4j.server.", "server: HTTP and wire");
        layers.put("dev.guardrails4j.engine.model.", "engine: calls of models");
        layers.put("dev.guardrails4j.engine.", "engine: the pipeline");
        layers.put("dev.guardrails4j.", "rails");
        layers.put("org.eclipse.jetty.", "Jetty");
        layers.put("io.javalin.", "Javalin");
        layers.put("kotlin.", "Javalin");
        layers.put("jakarta.servlet.", "Javalin");
        layers.put("com.fasterxml.jackson.", "Jackson");
        layers.put("org.apache.hc.", "Apache HttpClient");
        layers.put("io.micrometer.", "metrics");
        layers.put("io.prometheus.", "metrics");
        layers.put("io.opentelemetry.", "traces");
        layers.put("ch.qos.logback.", "log");
        layers.put("org.slf4j.", "log");
        return layers;
    }

    private static boolean isOfTheJdk(String type) {
        return type.startsWith("java.")
                || type.startsWith("jdk.")
                || type.startsWith("sun.")
                || type.startsWith("javax.");
    }

    /** Weights by layer and by method. */
    private static final class Shares {

        private final Map<String, Long> layers = new TreeMap<>();
        private final Map<String, Long> methods = new TreeMap<>();
        private long all;

        void add(RecordedEvent event, long weight) {
            if (event.getStackTrace() == null) {
                return;
            }
            List<RecordedFrame> frames = event.getStackTrace().getFrames();
            Optional<RecordedFrame> caller = frames.stream()
                    .filter(frame -> !isOfTheJdk(frame.getMethod().getType().getName()))
                    .findFirst();
            all += weight;
            layers.merge(caller.map(Shares::layer).orElse("JDK alone: threads, timers"), weight, Long::sum);
            caller.ifPresent(frame -> methods.merge(name(frame), weight, Long::sum));
        }

        private static String layer(RecordedFrame frame) {
            String type = frame.getMethod().getType().getName();
            return LAYERS.entrySet().stream()
                    .filter(layer -> type.startsWith(layer.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst()
                    .orElse("others");
        }

        private static String name(RecordedFrame frame) {
            String type = frame.getMethod().getType().getName();
            return type.substring(type.lastIndexOf('.') + 1) + "."
                    + frame.getMethod().getName();
        }

        void print(PrintWriter out, String what) {
            out.printf("%nShare of %s, with the JDK's work for it%n", what);
            print(out, layers, Integer.MAX_VALUE);
            out.printf("%nMethods with the most of it%n");
            print(out, methods, SHOWN);
            out.flush();
        }

        private void print(PrintWriter out, Map<String, Long> weights, int most) {
            weights.entrySet().stream()
                    .sorted(Comparator.comparingLong((Map.Entry<String, Long> entry) -> -entry.getValue()))
                    .limit(most)
                    .forEach(entry -> out.printf(
                            Locale.ROOT,
                            "  %5.1f %%  %s%n",
                            100.0 * entry.getValue() / Math.max(1, all),
                            entry.getKey()));
        }
    }
}
