package dev.guardrails4j.server.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.guardrails4j.server.Main;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process started by the launcher, and what it said. Standard output and error are one. */
final class Launched implements AutoCloseable {

    private static final long PATIENCE_SECONDS = 180;
    private static final Pattern ADDRESS = Pattern.compile("address +(http://\\S+)");

    private final Process process;
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Thread reader;

    Launched(ProcessBuilder builder) {
        try {
            this.process = builder.redirectErrorStream(true).start();
            process.getOutputStream().close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.reader = new Thread(() -> read(process.getInputStream()), "launched-output");
        reader.start();
    }

    /** A server on the JVM and the class path of this test, at a free port. */
    static Launched server(Path folder, List<String> jvmOptions, String... options) {
        return server(folder, List.of(), jvmOptions, options);
    }

    /** The same, but no file that it writes may be longer than so many KiB: a disk that is full, for whoever has no rights. */
    static Launched serverOnAFullDisk(Path folder, int kib, String... options) {
        return server(
                folder,
                List.of("bash", "-c", "ulimit -S -f " + kib + " && exec \"$@\"", "bash"),
                List.of("-XX:TieredStopAtLevel=1"),
                options);
    }

    /** Another command than the server, on the JVM and the class path of this test. */
    static Launched command(Path folder, String... words) {
        return java(folder, List.of(), List.of("-XX:TieredStopAtLevel=1"), List.of(words));
    }

    private static Launched server(Path folder, List<String> before, List<String> jvmOptions, String... options) {
        List<String> words = new ArrayList<>(List.of("server", "--port", "0"));
        words.addAll(List.of(options));
        return java(folder, before, jvmOptions, words);
    }

    private static Launched java(Path folder, List<String> before, List<String> jvmOptions, List<String> words) {
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(before));
        builder.command()
                .add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        builder.command().addAll(jvmOptions);
        builder.command().addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        builder.command().addAll(words);
        return new Launched(builder.directory(folder.toFile()));
    }

    /** The disk has room again. */
    void letFilesGrow() throws IOException, InterruptedException {
        Process prlimit = new ProcessBuilder("prlimit", "--pid", String.valueOf(process.pid()), "--fsize=unlimited:")
                .inheritIO()
                .start();
        assertThat(prlimit.waitFor()).isZero();
    }

    /** Waits until the server listens, and says where. */
    URI address() {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> !isAlive() || ADDRESS.matcher(output()).find());
        Matcher address = ADDRESS.matcher(output());
        assertThat(address.find()).as("listens; it said: %s", output()).isTrue();
        return URI.create(address.group(1));
    }

    private void read(InputStream stream) {
        try (BufferedReader output = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            output.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(output broke off: " + e.getMessage() + ")");
        }
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws InterruptedException {
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("ended; it said: %s", output())
                .isTrue();
        reader.join();
        return process.exitValue();
    }

    /** All it said so far. */
    String output() {
        return String.join("\n", lines);
    }

    /** Sends it SIGTERM. The process's own method would close its output, too. */
    void terminate() {
        process.toHandle().destroy();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it. When this returns, what it had locked is free. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
