package dev.guardrails4j.engine.config;

import java.util.List;
import java.util.Optional;

/** Reads {@code tracing}. */
final class TracingReader {

    private static final String FORMAT = "span_format";
    private static final String LEGACY = "legacy";
    private static final List<String> FORMATS = List.of("opentelemetry", LEGACY);
    private static final String OPEN_TELEMETRY = "OpenTelemetry";

    private final Trust trust;
    private final Problems problems;

    TracingReader(Trust trust, Problems problems) {
        this.trust = trust;
        this.problems = problems;
    }

    TracingConfig read(NodeReader top) {
        NodeReader section = top.section("tracing");
        boolean isOn = section.read("enabled", Values::flag).orElse(false);
        Optional<String> format = section.read(FORMAT, Values::string);
        if (format.isPresent() && !FORMATS.contains(format.get())) {
            section.error(FORMAT, "must be opentelemetry or legacy");
        }
        boolean captures = section.read("enable_content_capture", Values::flag).orElse(false);
        List<ConfigNode> adapters = section.items("adapters");
        section.rejectUnknownKeys();
        if (isOn) {
            adapters.forEach(this::requireKnown);
        }
        return isOn && trust.isOperators()
                ? new TracingConfig(format.filter(LEGACY::equals).isPresent(), captures)
                : TracingConfig.DEFAULT;
    }

    /** Where spans go is the server's to say: no configuration writes files, or calls what it likes. */
    private void requireKnown(ConfigNode adapter) {
        String name = adapter.entries().containsKey("name")
                ? String.valueOf(adapter.entries().get("name").value())
                : "";
        if (!name.equals(OPEN_TELEMETRY)) {
            problems.warning(
                    adapter.location(),
                    "tracing.adapters: '" + name + "' is not there; the server sends spans by OTLP, if it is told to");
        }
    }
}
