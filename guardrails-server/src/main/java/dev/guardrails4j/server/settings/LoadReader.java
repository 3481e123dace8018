package dev.guardrails4j.server.settings;

import dev.guardrails4j.server.http.AdmissionSettings;
import dev.guardrails4j.server.http.ConnectionSettings;
import dev.guardrails4j.server.http.DrainSettings;

/** Reads how much the server takes on, and how it stops. */
final class LoadReader {

    private static final int MOST_AT_A_TIME = 1_000_000;
    private static final int MOST_STREAMS_OF_ONE = 10_000;

    private LoadReader() {}

    /** @param section {@code admission} */
    static AdmissionSettings admission(Section section) {
        AdmissionSettings base = AdmissionSettings.DEFAULT;
        return new AdmissionSettings(
                section.integer("max_concurrent_requests", 1, MOST_AT_A_TIME),
                section.integer("max_streams", 1, MOST_AT_A_TIME),
                section.integer("max_queued", 0, MOST_AT_A_TIME).orElse(base.maxQueued()),
                section.duration("max_queue_wait").orElse(base.maxQueueWait()));
    }

    /** @param section {@code server.connections} */
    static ConnectionSettings connections(Section section) {
        ConnectionSettings base = ConnectionSettings.DEFAULT;
        return new ConnectionSettings(
                section.integer("max", 1, MOST_AT_A_TIME).orElse(base.maxConnections()),
                section.duration("idle_timeout").orElse(base.idleTimeout()),
                section.duration("header_timeout").orElse(base.headerTimeout()),
                section.duration("body_timeout").orElse(base.bodyTimeout()),
                section.duration("write_timeout").orElse(base.writeTimeout()),
                section.parsed("max_headers", ByteSize::parse)
                        .map(ByteSize::bytes)
                        .orElse(base.maxHeaderBytes()),
                section.integer("max_streams_per_connection", 1, MOST_STREAMS_OF_ONE)
                        .orElse(base.maxStreamsPerConnection()));
    }

    /** @param server {@code server} */
    static DrainSettings drain(Section server) {
        return new DrainSettings(
                server.parsed("drain_delay", LengthOfTime::parse).orElse(DrainSettings.DEFAULT.delay()),
                server.parsed("drain", LengthOfTime::parse).orElse(DrainSettings.DEFAULT.time()));
    }
}
