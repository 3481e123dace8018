package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process that ends no later than this one, however this one ends short of SIGKILL: by {@link #close}, and by a
 * shutdown hook where that was not reached. What it prints goes to a log file, which is named whenever it is the cause
 * of a failure.
 */
final class ChildProcess implements AutoCloseable {

    private static final int FIRST_PORT = 10_000;

    /** On Linux; elsewhere they begin later. */
    private static final int FIRST_PORT_OF_CLIENTS = 32_768;

    private static final int ATTEMPTS = 1_000;
    private static final long PATIENCE_SECONDS = 5;

    /** The last line of jcmd's histogram of what lives after a full collection: instances, bytes. */
    private static final Pattern HISTOGRAM_TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)\\s*$");

    private final String name;
    private final Path log;
    private final Process process;
    private final Thread hook = new Thread(this::end, "end-child");

    private ChildProcess(String name, Path log, Process process) {
        this.name = name;
        this.log = log;
        this.process = process;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a process.
     *
     * @param name what messages call it
     * @param environment is set beside what is inherited; an empty value takes a variable away
     * @param log gets its standard output and errors
     */
    static ChildProcess start(String name, List<String> command, Map<String, String> environment, Path log) {
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        environment.forEach((variable, value) -> {
            if (value.isEmpty()) {
                builder.environment().remove(variable);
            } else {
                builder.environment().put(variable, value);
            }
        });
        try {
            return new ChildProcess(name, log, builder.start());
        } catch (IOException e) {
            throw new BenchmarkException("cannot start the " + name + ": " + e.getMessage(), e);
        }
    }

    /** A port of 127.0.0.1 that nobody listens on at the moment, and that the system gives to no client meanwhile. */
    static int freePort() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, FIRST_PORT_OF_CLIENTS);
            if (isFree(port)) {
                return port;
            }
        }
        throw new BenchmarkException("no port is free");
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /** {@code http://127.0.0.1:PORT}, with such a port. */
    static URI freeAddress() {
        return URI.create("http://127.0.0.1:" + freePort());
    }

    /** Fails, naming the log, if the process has ended. */
    void requireAlive() {
        if (!process.isAlive()) {
            throw new BenchmarkException(
                    "the " + name + " ended with exit code " + process.exitValue() + "; its output is in " + log);
        }
    }

    /** The processor time it has used so far, if the system tells. */
    Optional<Duration> processorTime() {
        return process.info().totalCpuDuration();
    }

    /** The memory that it holds at the moment, in bytes, where there is {@code /proc}. */
    OptionalLong residentBytes() throws IOException {
        Path status = Path.of("/proc", Long.toString(process.pid()), "status");
        if (!Files.isReadable(status)) {
            return OptionalLong.empty();
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst();
    }

    /** Waits for its end and fails, naming the log, if that is not a good one. */
    void requireSuccess(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new BenchmarkException(
                    "the " + name + " took more than " + patience.toSeconds() + " s; its output is in " + log);
        }
        if (process.exitValue() != 0) {
            requireAlive();
        }
    }

    /** The program that runs, if the system tells. */
    Optional<Path> program() {
        return process.info().command().map(Path::of);
    }

    /**
     * What its heap holds after a full collection, if it is a Java whose {@code jcmd} lies beside it.
     *
     * @return bytes
     */
    OptionalLong liveHeapBytes() throws IOException, InterruptedException {
        Optional<Path> jcmd = program().map(java -> java.resolveSibling("jcmd")).filter(Files::isExecutable);
        if (jcmd.isEmpty()) {
            return OptionalLong.empty();
        }
        run(jcmd.get(), "GC.run");
        Matcher total = HISTOGRAM_TOTAL.matcher(run(jcmd.get(), "GC.class_histogram"));
        return total.find() ? OptionalLong.of(Long.parseLong(total.group(1))) : OptionalLong.empty();
    }

    private String run(Path jcmd, String command) throws IOException, InterruptedException {
        Process asked = new ProcessBuilder(jcmd.toString(), Long.toString(process.pid()), command)
                .redirectErrorStream(true)
                .start();
        String said = new String(asked.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        asked.waitFor();
        return said;
    }

    @Override
    public void close() {
        end();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The virtual machine is ending: the hook runs as well, and finds nothing left to end.
            return;
        }
    }

    /** Children of the process first, if it is a script that waits for what it started. */
    private void end() {
        process.descendants().forEach(ProcessHandle::destroy);
        process.destroy();
        try {
            if (process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }
}
