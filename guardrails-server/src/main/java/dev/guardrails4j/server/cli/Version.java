package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.http.ServerVersion;
import picocli.CommandLine.IVersionProvider;

/** Which Guardrails4J this is, and on which Java. */
final class Version implements IVersionProvider {

    /** The version, {@code "development"} if the classes do not come from a jar. */
    static String number() {
        return ServerVersion.whole();
    }

    @Override
    public String[] getVersion() {
        return new String[] {
            "Guardrails4J " + number(),
            "Java %s (%s), %s"
                    .formatted(
                            System.getProperty("java.version"),
                            System.getProperty("java.vendor"),
                            System.getProperty("java.home"))
        };
    }
}
