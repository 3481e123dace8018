package dev.guardrails4j.server.storage;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.exceptions.JedisException;

/** A real redis-server on a free port, with a folder of its own. */
public final class RedisServer implements AutoCloseable {

    private final Path folder;
    private final List<String> command;
    private final int port;
    private Process process;

    private RedisServer(Path folder, List<String> command, int port) {
        this.folder = folder;
        this.command = command;
        this.port = port;
        this.process = start(folder, command);
    }

    public static Optional<Path> program() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .map(folder -> Path.of(folder, "redis-server"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one, or skips the test that needs it. */
    public static RedisServer startOrSkip(Path folder) {
        startable();
        return start(folder);
    }

    private static void startable() {
        assumeTrue(program().isPresent(), "needs redis-server; install it with: apt-get install redis-server");
    }

    public static RedisServer start(Path folder, String... options) {
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                program().orElseThrow().toString(),
                "--port",
                String.valueOf(port),
                "--bind",
                "127.0.0.1",
                "--dir",
                folder.toString(),
                "--save",
                ""));
        command.addAll(List.of(options));
        return new RedisServer(folder, command, port).await();
    }

    /** Starts one whose data is there again after it was killed, or skips the test that needs it. */
    public static RedisServer startDurableOrSkip(Path folder) {
        startable();
        return start(folder, "--appendonly", "yes", "--appendfsync", "always");
    }

    /** Starts it again after it was killed, at the same address. */
    public void startAgain() {
        process = start(folder, command);
        await();
    }

    /** A sentinel that watches a server. */
    public static RedisServer startSentinel(Path folder, RedisServer watched, String name) {
        int port = freePort();
        Path settings = folder.resolve("sentinel.conf");
        try {
            Files.writeString(settings, """
                    port %d
                    bind 127.0.0.1
                    dir %s
                    sentinel monitor %s 127.0.0.1 %d 1
                    """.formatted(port, folder, name, watched.port()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new RedisServer(
                        folder, List.of(program().orElseThrow().toString(), settings.toString(), "--sentinel"), port)
                .await();
    }

    private static Process start(Path folder, List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(folder.resolve("redis.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private RedisServer await() {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(10))
                .atMost(Duration.ofSeconds(30))
                .until(this::answers);
        return this;
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean answers() {
        try (Jedis client = client()) {
            client.sendCommand(() -> "PING".getBytes(StandardCharsets.US_ASCII));
            return true;
        } catch (JedisException e) {
            return e.getMessage() != null && e.getMessage().startsWith("NOAUTH");
        }
    }

    public Jedis client() {
        return new Jedis("127.0.0.1", port);
    }

    int port() {
        return port;
    }

    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        kill();
    }

    /** Ends it at once, as a fault would. */
    public void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
