package dev.guardrails4j.server.cli;

import java.net.BindException;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntSupplier;
import java.util.stream.Stream;

/**
 * Makes the server listen.
 *
 * @param host on which address
 * @param port on which port, 0 for any
 * @param hostSetting what says the address
 * @param portSetting what says the port
 */
record Listening(String host, int port, String hostSetting, String portSetting) {

    /** Starts the server and tells the port it listens on. */
    int start(IntSupplier server) {
        try {
            return server.getAsInt();
        } catch (RuntimeException e) {
            throw cause(e, BindException.class)
                    .<RuntimeException>map(bind -> new CommandFailure(explain(bind)))
                    .orElse(e);
        }
    }

    private String explain(BindException bind) {
        String reason = Optional.ofNullable(bind.getMessage()).orElse("").toLowerCase(Locale.ROOT);
        if (reason.contains("in use")) {
            return "port %d on %s is in use; stop what listens there, or choose another with %s (0 for any free one)"
                    .formatted(port, host, portSetting);
        }
        if (reason.contains("permission")) {
            return "port %d on %s may not be opened by this user; choose one from 1024 on with %s"
                    .formatted(port, host, portSetting);
        }
        return "cannot listen on %s: it is not an address of this machine; choose another with %s"
                .formatted(host, hostSetting);
    }

    private static <T extends Throwable> Optional<T> cause(Throwable thrown, Class<T> type) {
        return Stream.iterate(thrown, link -> link != null, Throwable::getCause)
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst();
    }
}
