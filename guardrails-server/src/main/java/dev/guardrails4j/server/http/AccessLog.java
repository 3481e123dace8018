package dev.guardrails4j.server.http;

import dev.guardrails4j.server.wire.PythonText;
import io.javalin.http.Context;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line a request at DEBUG: what was asked of which configuration and how it went, and nothing of what was said. */
final class AccessLog {

    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
    private static final String CONFIG_IDS = "configIds";

    private AccessLog() {}

    /** Remembers which configurations a request is for. */
    static void note(Context context, List<String> configIds) {
        context.attribute(CONFIG_IDS, configIds);
    }

    /** Which configurations a request is for; none if that is not known yet. */
    static List<String> noted(Context context) {
        List<String> configIds = context.attribute(CONFIG_IDS);
        return configIds == null ? List.of() : configIds;
    }

    /** Writes the line of a request that is over. */
    static void write(Context context, float millis) {
        if (LOG.isDebugEnabled()) {
            LOG.debug(
                    "{} {} {} in {} ms, configurations {}, request {}",
                    context.method(),
                    HeaderText.of(context.path()),
                    context.statusCode(),
                    Math.round(millis),
                    PythonText.list(noted(context)),
                    RequestId.of(context));
        }
    }
}
