package dev.guardrails4j.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Starts nginx as a proxy that only passes on, for scale: it is what a well-made program in C needs for that. */
final class Nginx {

    /** Debian's is not on the path of users other than root. */
    private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/sbin");

    private Nginx() {}

    /** Where the program is, if it is installed. */
    static Optional<Path> program() {
        return Stream.concat(
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(":")), FOLDERS.stream())
                .map(directory -> Path.of(directory, "nginx"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts it.
     *
     * @param folder takes its configuration, logs and temporary files; exists
     * @param port to listen on, of 127.0.0.1
     * @param upstream what it passes on to
     */
    static ChildProcess start(Path program, Path folder, int port, URI upstream) throws IOException {
        Path own = Files.createDirectories(folder.resolve("nginx").toAbsolutePath());
        Path config = Files.writeString(own.resolve("nginx.conf"), """
                worker_processes auto;
                daemon off;
                pid %1$s/nginx.pid;
                error_log stderr warn;
                events { worker_connections 16384; }
                http {
                  access_log off;
                  client_body_temp_path %1$s/body;
                  proxy_temp_path %1$s/proxy;
                  fastcgi_temp_path %1$s/fastcgi;
                  uwsgi_temp_path %1$s/uwsgi;
                  scgi_temp_path %1$s/scgi;
                  keepalive_requests 1000000000;
                  upstream model { server %2$s; keepalive 256; keepalive_requests 1000000000; }
                  server {
                    listen 127.0.0.1:%3$d backlog=4096;
                    location / {
                      proxy_pass http://model;
                      proxy_http_version 1.1;
                      proxy_set_header Connection "";
                      proxy_buffering off;
                    }
                  }
                }
                """.formatted(own, upstream.getAuthority(), port));
        return ChildProcess.start(
                "nginx",
                List.of(program.toString(), "-p", own.toString(), "-c", config.toString()),
                Map.of(),
                folder.resolve("nginx.log"));
    }
}
