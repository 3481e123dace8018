package dev.guardrails4j.server.http;

import java.util.Optional;

/** Which version of Guardrails4J this is. */
public final class ServerVersion {

    private static final String WHOLE = Optional.ofNullable(
                    ServerVersion.class.getPackage().getImplementationVersion())
            .orElse("development");
    private static final int REVISION = WHOLE.indexOf('+');

    private ServerVersion() {}

    /** {@code "1.2.0+4fd1a3c"}; {@code "development"} if the classes do not come from a jar. */
    public static String whole() {
        return WHOLE;
    }

    /** {@code "1.2.0"}. */
    static String number() {
        return REVISION < 0 ? WHOLE : WHOLE.substring(0, REVISION);
    }

    /** The commit that it was built from, if it is known. */
    static Optional<String> revision() {
        return REVISION < 0 ? Optional.empty() : Optional.of(WHOLE.substring(REVISION + 1));
    }
}
