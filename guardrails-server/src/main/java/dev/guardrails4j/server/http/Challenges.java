package dev.guardrails4j.server.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.watch.FileStamp;
import dev.guardrails4j.engine.watch.Watched;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.ContentType;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /v1/challenges}, contract "chat server" 1.7: the list of objects, of whatever form, that {@code challenges.json}
 * in the folder of the configurations holds. Safe for use by many threads.
 */
public final class Challenges {

    private static final Logger LOG = LoggerFactory.getLogger(Challenges.class);
    private static final String FILE_NAME = "challenges.json";
    private static final int MAX_BYTES = 1 << 20;
    private static final int MAX_DEPTH = 50;

    private static final JsonMapper MAPPER = new JsonMapper(JsonFactory.builder()
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build());

    private final Path file;
    private volatile byte[] list;

    private Challenges(Path file, JsonNode list) {
        this.file = file;
        this.list = Json.write(list);
    }

    /**
     * Reads those of a folder; without the file there are none.
     *
     * @throws InvalidConfigException if the file is there and does not hold a list of objects
     */
    public static Challenges in(Path root) {
        Path file = root.resolve(FILE_NAME);
        return new Challenges(file, read(file));
    }

    /** The file, to be watched, so that edits are taken up; a broken one is told in the log and not taken up. */
    public Watched watched() {
        return new Watched("challenges", () -> Map.of(FILE_NAME, FileStamp.of(file)), changed -> reload());
    }

    void list(Context context) {
        context.contentType(ContentType.JSON).result(list);
    }

    private void reload() {
        try {
            list = Json.write(read(file));
            LOG.info("{} was read anew", FILE_NAME);
        } catch (InvalidConfigException e) {
            LOG.warn("The challenges stay as they were:\n  {}", e.getMessage());
        }
    }

    private static JsonNode read(Path file) {
        JsonNode list = parse(file);
        if (!list.isArray()) {
            throw invalid(file, 1, "must be a list of objects");
        }
        for (int i = 0; i < list.size(); i++) {
            if (!list.get(i).isObject()) {
                throw invalid(file, 0, "must be a list of objects, but the entry at index " + i + " is none");
            }
        }
        return list;
    }

    private static JsonNode parse(Path file) {
        try (InputStream content = Files.newInputStream(file)) {
            byte[] bytes = content.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw invalid(file, 0, "longer than " + MAX_BYTES + " bytes");
            }
            return parse(bytes);
        } catch (NoSuchFileException none) {
            return JsonNodeFactory.instance.arrayNode();
        } catch (JsonProcessingException e) {
            JsonLocation place = Objects.requireNonNullElse(e.getLocation(), JsonLocation.NA);
            String column = place.getColumnNr() > 0 ? "column " + place.getColumnNr() + ": " : "";
            throw invalid(file, Math.max(0, place.getLineNr()), column + "not valid JSON: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw invalid(file, 0, "cannot be read: " + e.getMessage());
        }
    }

    private static JsonNode parse(byte[] json) throws IOException {
        try (JsonParser parser = MAPPER.createParser(json)) {
            JsonNode value = parser.nextToken() == null ? MissingNode.getInstance() : MAPPER.readTree(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "there is more after its end");
            }
            return value;
        }
    }

    private static InvalidConfigException invalid(Path file, int line, String message) {
        return new InvalidConfigException(List.of(Problem.error(new Location(file.toString(), line), message)));
    }
}
