package dev.guardrails4j.engine.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Sends the same bytes to everybody who connects and asks, for answers that no HTTP server would give. */
final class RawServer implements AutoCloseable {

    private final ServerSocket socket;

    RawServer(byte[] answer) {
        this(() -> answer);
    }

    /** @param answer asked anew for each request */
    RawServer(Supplier<byte[]> answer) {
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(() -> serve(answer), "raw-server");
        thread.setDaemon(true);
        thread.start();
    }

    static byte[] gzipped(String head, byte[] body) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(body);
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        answer.write((head + "Content-Encoding: gzip\r\nContent-Length: " + packed.size() + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        packed.writeTo(answer);
        return answer.toByteArray();
    }

    String baseUrl() {
        return "http://127.0.0.1:" + socket.getLocalPort() + "/v1";
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(Supplier<byte[]> answer) {
        while (!socket.isClosed()) {
            try (Socket connection = socket.accept()) {
                InputStream in = connection.getInputStream();
                in.readNBytes(1);
                in.skip(in.available());
                connection.getOutputStream().write(answer.get());
                connection.shutdownOutput();
                in.readAllBytes();
            } catch (IOException e) {
                // The client has gone, or the server is closed: the loop's condition tells.
            }
        }
    }
}
