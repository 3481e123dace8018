package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.Rail;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.semver4j.Semver;

/** The version of guardrails-api that the host has, and which plug-ins fit it. */
final class ApiVersion {

    private static final String SOURCE = "/META-INF/guardrails/api.properties";
    private static final Semver HOST = read();

    private ApiVersion() {}

    /** Without the mark of a build that is no release: {@code "0.1.0"}. */
    static String host() {
        return HOST.getVersion();
    }

    /**
     * Why a plug-in does not fit; empty if it does.
     *
     * @param range {@code "[0.1,1.0)"}, {@code "^0.1"}, {@code ">=0.1 <1"}
     */
    static Optional<String> complaint(String range) {
        return HOST.satisfies(range)
                ? Optional.empty()
                : Optional.of("needs guardrails-api " + Fault.quote(range) + ", and " + host()
                        + " is here; take a version of the plug-in that fits, or another version of the server");
    }

    private static Semver read() {
        try (InputStream in = Objects.requireNonNull(Rail.class.getResourceAsStream(SOURCE), SOURCE)) {
            Properties properties = new Properties();
            properties.load(in);
            Semver version = Semver.coerce(properties.getProperty("version"));
            return Objects.requireNonNull(version, "guardrails-api has no version")
                    .withClearedPreReleaseAndBuild();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
