package dev.guardrails4j.server.startup;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes a start-up cache: starts the distribution's server as its operator would, with the bundled examples and nothing of
 * the operator's own, sends it requests, and ends it, upon which the JVM writes the cache.
 *
 * @param launcher {@code bin/guardrails} of the distribution
 * @param examples the configurations that it serves, {@code quickstart} and {@code passthrough} among them
 * @param javaHome of the Java that the cache is for
 * @param javaOptions what the operator gives the JVM, separated by spaces: a cache fits only options like those it was made
 *     with
 */
public record TrainingRun(Path launcher, Path examples, Path javaHome, String javaOptions) {

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Pattern ADDRESS = Pattern.compile("address +(http://\\S+)");

    /**
     * What the second compiler makes of so few requests is not worth keeping: a server that finds the profiles for it in its cache
     * compiles while it starts what it would rather be doing.
     */
    private static final String FIRST_COMPILER = "-XX:TieredStopAtLevel=1";

    private static final int LINES_KEPT = 8;
    private static final int LONGEST_LINE = 300;

    /** Of the operator's environment, what would lead to another server than the one that is to be watched. */
    private static final List<String> NOT_INHERITED =
            List.of("GUARDRAILS_", "MAIN_MODEL_", "DEFAULT_CONFIG_ID", "OPENAI_");

    /**
     * Makes the cache, in some seconds and at most five minutes, and puts it in its place.
     *
     * @return how many bytes it has
     * @throws TrainingException if the server does not start, does not answer or leaves no cache behind
     * @throws IOException if files cannot be written
     */
    public long make(StartUpCache cache) throws IOException, InterruptedException, TrainingException {
        cache.requireWritable();
        Path folder = Files.createTempDirectory("guardrails-warm");
        try (TrainingModel model = new TrainingModel()) {
            Path made = folder.resolve("made");
            String said = train(cache.trainingOption(made.getFileName().toString()), folder, model);
            if (!Files.isRegularFile(made) || Files.size(made) == 0) {
                throw new TrainingException("the server ran, but the JVM wrote no cache; it said: " + said);
            }
            cache.replaceBy(made);
            return Files.size(cache.file());
        } finally {
            delete(folder);
        }
    }

    /** Returns what was said last. */
    private String train(String option, Path folder, TrainingModel model)
            throws IOException, InterruptedException, TrainingException {
        long endNanos = System.nanoTime() + PATIENCE.toNanos();
        Process server = start(option, folder, model);
        Output output = new Output(server);
        try {
            URI address = output.address.get(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            new TrainingRequests(address).send();
            server.toHandle().destroy();
            if (!server.waitFor(endNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                throw new TimeoutException();
            }
            return output.lines();
        } catch (TimeoutException e) {
            throw new TrainingException(
                    "it was not done within %d minutes; it said: %s".formatted(PATIENCE.toMinutes(), output.lines()));
        } catch (ExecutionException e) {
            throw new TrainingException("the server did not start; it said: " + output.lines());
        } catch (IOException e) {
            throw new TrainingException(
                    "the server did not answer: %s; it said: %s".formatted(e.getMessage(), output.lines()));
        } finally {
            // From JDK 25 on, it has a child that assembles the cache.
            server.descendants().forEach(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }

    private Process start(String option, Path folder, TrainingModel model) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                        launcher.toString(),
                        "server",
                        "--port",
                        "0",
                        "--config",
                        examples.toString(),
                        "--default-config-id",
                        "quickstart",
                        "--plugins",
                        Files.createDirectory(folder.resolve("plugins")).toString())
                .directory(folder.toFile())
                .redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> NOT_INHERITED.stream().anyMatch(name::startsWith));
        environment.put("MAIN_MODEL_BASE_URL", model.url());
        environment.put("GUARDRAILS_JAVA_HOME", javaHome.toString());
        // A path could hold spaces, at which the launcher would split it: hence the name only, of a file in the folder.
        environment.put(
                "GUARDRAILS_JAVA_OPTS",
                "%s %s %s".formatted(javaOptions, FIRST_COMPILER, option).strip());
        Process server = builder.start();
        server.getOutputStream().close();
        return server;
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Reads what the server says, so that it never waits for a reader. */
    private static final class Output {

        /** Where it listens; fails when the server ends without having said so. */
        private final CompletableFuture<URI> address = new CompletableFuture<>();

        /** Of a server that does not start, the first lines say the most; of one that did, the last. Guarded by itself. */
        private final Deque<String> kept = new ArrayDeque<>();

        Output(Process server) {
            Thread reader = new Thread(() -> read(server), "training-output");
            reader.setDaemon(true);
            reader.start();
        }

        private void read(Process server) {
            try (BufferedReader lines = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8))) {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    keep(line);
                    Matcher listening = ADDRESS.matcher(line);
                    if (listening.find()) {
                        address.complete(URI.create(listening.group(1)));
                    }
                }
            } catch (IOException | UncheckedIOException e) {
                keep(e.toString());
            } finally {
                address.completeExceptionally(new IOException("the server ended"));
            }
        }

        private void keep(String line) {
            synchronized (kept) {
                kept.addLast(line.length() <= LONGEST_LINE ? line : line.substring(0, LONGEST_LINE) + " ...");
                if (kept.size() > LINES_KEPT) {
                    if (address.isDone()) {
                        kept.removeFirst();
                    } else {
                        kept.removeLast();
                    }
                }
            }
        }

        String lines() {
            String indent = System.lineSeparator() + "  ";
            synchronized (kept) {
                return kept.isEmpty() ? "nothing" : kept.stream().collect(Collectors.joining(indent, indent, ""));
            }
        }
    }
}
