package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.RefValidator;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code $ref}, of which one check follows only so many: without them, the work is at most the schema's size for each value,
 * but a few references that refer to each other twice take longer than anyone can wait.
 */
final class BoundedReference extends RefValidator {

    static final int MAX_FOLLOWED = 10_000;

    private static final String COUNTER = BoundedReference.class.getName();

    private BoundedReference(
            SchemaLocation location, JsonNodePath path, JsonNode node, JsonSchema parent, ValidationContext context) {
        super(location, path, node, parent, context);
    }

    /** A draft whose references are bounded. Its vocabularies would put the old keyword back, so their keywords are named. */
    static JsonMetaSchema in(JsonMetaSchema draft) {
        return JsonMetaSchema.builder(draft)
                .vocabularies(Map::clear)
                .keywords(draft.getKeywords().values())
                .keyword(new BoundedKeyword())
                .build();
    }

    @Override
    public Set<ValidationMessage> validate(
            ExecutionContext execution, JsonNode node, JsonNode root, JsonNodePath location) {
        if (Thread.currentThread().isInterrupted()) {
            throw new JsonSchemaException("nobody waits any more");
        }
        AtomicInteger followed = (AtomicInteger)
                execution.getCollectorContext().getCollectorMap().computeIfAbsent(COUNTER, key -> new AtomicInteger());
        if (followed.incrementAndGet() > MAX_FOLLOWED) {
            throw new JsonSchemaException("more references than may be followed");
        }
        return super.validate(execution, node, root, location);
    }

    private static final class BoundedKeyword implements Keyword {

        @Override
        public String getValue() {
            return "$ref";
        }

        @Override
        public JsonValidator newValidator(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context) {
            return new BoundedReference(location, path, node, parent, context);
        }
    }
}
