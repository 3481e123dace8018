package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A tool that a request offers to the model.
 *
 * @param hosted whether the model's host runs it, so that nothing is known of its arguments
 * @param parameters the JSON Schema of its arguments; null if it has none
 */
record OfferedTool(boolean hosted, @Nullable Object parameters) {

    private static final String FUNCTION = "function";

    /** The tools of this name among those of a request, as the OpenAI chat API describes them. */
    static List<OfferedTool> named(String name, List<Map<String, Object>> tools) {
        return tools.stream()
                .map(tool -> of(name, tool))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<OfferedTool> of(String name, Map<String, Object> tool) {
        if (!FUNCTION.equals(tool.get("type"))) {
            return name.equals(tool.get("type")) ? Optional.of(new OfferedTool(true, null)) : Optional.empty();
        }
        return tool.get(FUNCTION) instanceof Map<?, ?> function && name.equals(function.get("name"))
                ? Optional.of(new OfferedTool(false, function.get("parameters")))
                : Optional.empty();
    }

    /**
     * What is wrong with arguments for this tool; empty if nothing is.
     *
     * @throws UnusableSchemaException if its schema cannot tell
     */
    Optional<String> problem(JsonNode arguments, ToolSchemas schemas) throws UnusableSchemaException {
        if (hosted) {
            return Optional.empty();
        }
        if (parameters == null || parameters.equals(Map.of())) {
            return arguments.isEmpty() ? Optional.empty() : Optional.of("the tool takes no arguments");
        }
        if (!(parameters instanceof Map<?, ?> schema)) {
            throw new UnusableSchemaException("is not an object");
        }
        return schemas.compiled(schema).problem(arguments);
    }
}
