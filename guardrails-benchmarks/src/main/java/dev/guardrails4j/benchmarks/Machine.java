package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where the figures are from.
 *
 * @param processors that the system gives to Java
 * @param system its name, version and architecture
 * @param loadJava of the mock and the load generator
 * @param serverJava of the server, or {@code unknown} if this run did not start it
 * @param loadAverageBefore of the last minute; negative where the system does not tell
 * @param loadAverageAfter the same, at the end
 */
record Machine(
        int processors,
        String system,
        String loadJava,
        String serverJava,
        double loadAverageBefore,
        double loadAverageAfter) {

    static Machine of(Optional<Path> serverProgram, double loadAverageBefore) {
        return of(javaOf(serverProgram), loadAverageBefore);
    }

    static Machine of(String serverJava, double loadAverageBefore) {
        return new Machine(
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("os.name") + " " + System.getProperty("os.version") + " "
                        + System.getProperty("os.arch"),
                System.getProperty("java.version"),
                serverJava,
                loadAverageBefore,
                loadAverage());
    }

    /** Whether others wanted more than half of its processors in the minute before the run. */
    boolean wasBusy() {
        return loadAverageBefore > processors / 2.0;
    }

    /** As tables end with it, in lines. */
    String shown() {
        return String.format(
                Locale.ROOT,
                "%nMachine: %d cores shared by all processes; %s; load average %.1f before, %.1f after%n%s"
                        + "Java:    server %s; load and mock %s%n",
                processors,
                system,
                loadAverageBefore,
                loadAverageAfter,
                wasBusy() ? "         It was busy before the run began: the figures are doubtful.%n".formatted() : "",
                serverJava,
                loadJava);
    }

    static double loadAverage() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /** The version of the Java whose program this is, or {@code unknown}. */
    static String javaOf(Optional<Path> program) {
        return program.flatMap(Machine::javaVersion).orElse("unknown");
    }

    /** From the file that lies in every Java's folder, since the process itself does not say. */
    private static Optional<String> javaVersion(Path program) {
        Path release = program.resolveSibling("..").resolve("release");
        try (var lines = Files.lines(release)) {
            return lines.filter(line -> line.startsWith("JAVA_VERSION="))
                    .map(line -> line.substring(line.indexOf('=') + 1).replace("\"", ""))
                    .findFirst();
        } catch (IOException e) {
            return Optional.of("of " + program);
        }
    }
}
