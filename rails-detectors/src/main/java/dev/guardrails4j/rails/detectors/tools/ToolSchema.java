package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.ValidationMessage;
import java.util.List;
import java.util.Optional;

/**
 * A tool's JSON Schema, drafts 4 to 2020-12. The caller has written it, so it is not trusted: it is {@linkplain SchemaLimits
 * bounded} before it is compiled, nothing is ever fetched, patterns take linear time, and the references that one check may
 * follow are counted. Formats are not asserted. Safe for use by many threads.
 */
final class ToolSchema {

    private static final List<JsonMetaSchema> DRAFTS = List.of(
            BoundedReference.in(JsonMetaSchema.getV4()),
            BoundedReference.in(JsonMetaSchema.getV6()),
            BoundedReference.in(JsonMetaSchema.getV7()),
            BoundedReference.in(JsonMetaSchema.getV201909()),
            BoundedReference.in(JsonMetaSchema.getV202012()));

    private static final JsonSchemaFactory FACTORY = JsonSchemaFactory.builder()
            .defaultMetaSchemaIri(JsonMetaSchema.getV202012().getIri())
            .metaSchemas(DRAFTS)
            .enableSchemaCache(false)
            .schemaLoaders(loaders -> loaders.values(list -> {
                list.clear();
                list.add(iri -> {
                    throw new JsonSchemaException("nothing is fetched");
                });
            }))
            .build();

    private static final SchemaValidatorsConfig CONFIG = SchemaValidatorsConfig.builder()
            .failFast(true)
            .pathType(PathType.JSON_PATH)
            .formatAssertionsEnabled(false)
            .regularExpressionFactory(LinearPattern::compile)
            // Both would copy what is referred to for each way that leads to it, which may be very many.
            .preloadJsonSchema(false)
            .cacheRefs(false)
            .build();

    private final JsonSchema schema;

    private ToolSchema(JsonSchema schema) {
        this.schema = schema;
    }

    static ToolSchema compile(JsonNode json) throws UnusableSchemaException {
        SchemaLimits.check(json);
        try {
            JsonSchema schema = FACTORY.getSchema(json, CONFIG);
            schema.initializeValidators();
            return new ToolSchema(schema);
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnusableSchemaException("is not a JSON Schema that can be used");
        }
    }

    /**
     * Where the arguments do not fit, without what stands there; empty if they do.
     *
     * @throws UnusableSchemaException if that cannot be told within bounds
     */
    Optional<String> problem(JsonNode arguments) throws UnusableSchemaException {
        try {
            return schema.validate(arguments).stream().findFirst().map(ToolSchema::describe);
        } catch (RuntimeException | StackOverflowError e) {
            throw new UnusableSchemaException("cannot be evaluated for these arguments");
        }
    }

    private static String describe(ValidationMessage message) {
        return "the arguments break the rule '%s' at %s"
                .formatted(message.getType(), ToolViolation.shortened(String.valueOf(message.getInstanceLocation())));
    }
}
