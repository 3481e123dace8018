package dev.guardrails4j.rails.contentsafety.pii;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The section {@code gliner} of {@code rails.config}, contract "config and rails" 1.4.
 *
 * @param model the model's name
 * @param threshold the least score that counts, 0 to 1
 * @param chunkLength how much of a text the server reads at once
 * @param overlap how much of it twice, below {@code chunkLength}
 * @param flat whether entities may not lie within each other
 * @param labels what is looked for; everything the server knows if empty
 */
record GlinerSettings(String model, double threshold, int chunkLength, int overlap, boolean flat, List<String> labels) {

    private static final String NAME = "gliner";
    private static final String ENDPOINT = "server_endpoint";
    private static final String MODEL = "model";
    private static final String KEY_VARIABLE = "api_key_env_var";
    private static final String THRESHOLD = "threshold";
    private static final String CHUNK_LENGTH = "chunk_length";
    private static final String OVERLAP = "overlap";
    private static final String FLAT = "flat_ner";
    private static final String ENTITIES = "entities";
    private static final String DEFAULT_MODEL = "nvidia/gliner-pii";
    private static final double DEFAULT_THRESHOLD = 0.5;
    private static final int DEFAULT_CHUNK_LENGTH = 384;
    private static final int DEFAULT_OVERLAP = 128;
    private static final URI DEFAULT_ENDPOINT = URI.create("http://localhost:8000/v1/chat/completions");

    static final Setting DESCRIPTION = Setting.section(
            NAME,
            "Which server finds personal data, and which.",
            Setting.string(ENDPOINT, "The whole address of the server.").defaultsTo(DEFAULT_ENDPOINT.toString()),
            Setting.string(MODEL, "The model's name.").defaultsTo(DEFAULT_MODEL),
            Setting.string(KEY_VARIABLE, "The environment variable that holds the server's key."),
            Setting.number(THRESHOLD, "The least score that counts.")
                    .between(0, 1)
                    .defaultsTo(DEFAULT_THRESHOLD),
            Setting.integer(CHUNK_LENGTH, "How much of a text the server reads at once.")
                    .between(1, Integer.MAX_VALUE)
                    .defaultsTo(DEFAULT_CHUNK_LENGTH),
            Setting.integer(OVERLAP, "How much of it twice, below " + CHUNK_LENGTH + ".")
                    .between(0, Integer.MAX_VALUE)
                    .defaultsTo(DEFAULT_OVERLAP),
            Setting.flag(FLAT, "Whether entities may not lie within each other.")
                    .defaultsTo(false),
            entities(Stage.INPUT),
            entities(Stage.OUTPUT),
            entities(Stage.RETRIEVAL));

    private static Setting entities(Stage stage) {
        return Setting.section(
                key(stage),
                "What is looked for there.",
                Setting.strings(ENTITIES, "The labels; all that the server knows if there are none."));
    }

    /** @throws dev.guardrails4j.api.RailConfigurationException if a value is not one there can be */
    static GlinerSettings read(RailSetup setup) {
        Settings settings = setup.settings(NAME);
        double threshold = settings.number(THRESHOLD, DEFAULT_THRESHOLD);
        if (!(threshold >= 0 && threshold <= 1)) {
            throw settings.error(THRESHOLD, "must be from 0 to 1");
        }
        int chunkLength = settings.integer(CHUNK_LENGTH, DEFAULT_CHUNK_LENGTH);
        if (chunkLength < 1) {
            throw settings.error(CHUNK_LENGTH, "must be at least 1");
        }
        int overlap = settings.integer(OVERLAP, DEFAULT_OVERLAP);
        if (overlap < 0 || overlap >= chunkLength) {
            throw settings.error(OVERLAP, "must be from 0 to below chunk_length, which is " + chunkLength);
        }
        return new GlinerSettings(
                settings.string(MODEL, DEFAULT_MODEL),
                threshold,
                chunkLength,
                overlap,
                settings.flag(FLAT, false),
                labels(settings, setup.stage()));
    }

    /** Those of the stage; what is said of the others is read as well, so that it is no typing error. */
    private static List<String> labels(Settings settings, Stage stage) {
        Map<Stage, List<String>> labels = new LinkedHashMap<>();
        for (Stage other : List.of(Stage.INPUT, Stage.OUTPUT, Stage.RETRIEVAL)) {
            Settings section = settings.section(key(other));
            labels.put(other, section.strings(ENTITIES, List.of()));
        }
        return labels.getOrDefault(stage, List.of());
    }

    private static String key(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    static EndpointAddress address(RailSetup setup) {
        Settings settings = setup.settings(NAME);
        URI uri = settings.uri(ENDPOINT, DEFAULT_ENDPOINT);
        return EndpointAddress.of(NAME, uri).withKey(settings.secret(KEY_VARIABLE, uri));
    }
}
