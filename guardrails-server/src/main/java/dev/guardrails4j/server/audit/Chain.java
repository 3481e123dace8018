package dev.guardrails4j.server.audit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a log is: after which line. Each line has its number, the hash of the line before, and its own hash over all that is
 * before that: a line that is changed, removed or added breaks the chain. Immutable.
 *
 * @param number of the last line, 0 before the first
 * @param hash of the last line
 */
record Chain(long number, String hash) {

    static final Chain BEGIN = new Chain(0, Fingerprints.NOTHING);

    private static final JsonMapper JSON = new JsonMapper();
    private static final String HASH = ",\"hash\":\"";
    private static final Pattern LINE = Pattern.compile("(\\{.*)" + Pattern.quote(HASH) + "([0-9a-f]{64})\"}");

    /**
     * A line that follows.
     *
     * @param text with its end
     * @param then where the log is after it
     */
    record Link(String text, Chain then) {}

    Link next(AuditEntry entry, Fingerprints fingerprints) {
        ObjectNode line = JSON.createObjectNode();
        line.put("n", number + 1);
        line.setAll((ObjectNode) JSON.valueToTree(entry));
        line.put("previous", hash);
        String whole = line.toString();
        String body = whole.substring(0, whole.length() - 1);
        String own = fingerprints.of(body);
        return new Link(body + HASH + own + "\"}\n", new Chain(number + 1, own));
    }

    /** What a line says of the chain, if its hash is that of what it says. */
    static Optional<Read> read(String line, Fingerprints fingerprints) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches() || !fingerprints.of(parts.group(1)).equals(parts.group(2))) {
            return Optional.empty();
        }
        try {
            JsonNode tree = JSON.readTree(line);
            return Optional.of(new Read(
                    new Chain(tree.path("n").asLong(), parts.group(2)),
                    tree.path("previous").asText(),
                    tree.path("event").asText()));
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    /**
     * A line that was read.
     *
     * @param then where the log is after it
     * @param previous the hash that it says is that of the line before
     * @param event what it is about
     */
    record Read(Chain then, String previous, String event) {

        boolean follows(Chain before) {
            return then.number() == before.number() + 1 && previous.equals(before.hash());
        }
    }
}
