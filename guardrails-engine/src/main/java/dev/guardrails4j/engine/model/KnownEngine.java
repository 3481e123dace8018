package dev.guardrails4j.engine.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * An OpenAI-compatible engine that is known by name.
 *
 * @param name as {@code models[].engine} spells it
 * @param baseUrl where it is reached; empty if every installation has its own place
 * @param keyVariable the environment variable that holds its key; empty if it needs none
 * @param shape how it wants to be addressed
 */
record KnownEngine(String name, String baseUrl, String keyVariable, Shape shape) {

    /** How an engine wants to be addressed. */
    enum Shape {
        /** The model in the body, the key as a bearer token. */
        OPENAI,
        /** The model as a deployment in the path, the key in a header of its own. */
        AZURE
    }

    private static final String NVIDIA = "https://integrate.api.nvidia.com/v1";
    private static final String NVIDIA_KEY = "NVIDIA_API_KEY";
    private static final String AZURE_KEY = "AZURE_OPENAI_API_KEY";

    private static final Map<String, KnownEngine> BY_NAME = List.of(
                    openAi("openai", "https://api.openai.com/v1", "OPENAI_API_KEY"),
                    openAi("nim", NVIDIA, NVIDIA_KEY),
                    openAi("nvidia_ai_endpoints", NVIDIA, NVIDIA_KEY),
                    new KnownEngine("azure", "", AZURE_KEY, Shape.AZURE),
                    new KnownEngine("azure_openai", "", AZURE_KEY, Shape.AZURE),
                    openAi("ollama", "http://localhost:11434/v1", ""),
                    openAi("vllm_openai", "", ""),
                    openAi("trt_llm", "", ""),
                    openAi("openrouter", "https://openrouter.ai/api/v1", "OPENROUTER_API_KEY"),
                    openAi("groq", "https://api.groq.com/openai/v1", "GROQ_API_KEY"),
                    openAi("together", "https://api.together.xyz/v1", "TOGETHER_API_KEY"))
            .stream()
            .collect(Collectors.toUnmodifiableMap(KnownEngine::name, Function.identity()));

    static Set<String> names() {
        return BY_NAME.keySet();
    }

    /** The engine of this name, or one of which nothing is known but that it speaks OpenAI's API. */
    static KnownEngine named(String name) {
        return Optional.ofNullable(BY_NAME.get(name)).orElseGet(() -> openAi(name, "", ""));
    }

    private static KnownEngine openAi(String name, String baseUrl, String keyVariable) {
        return new KnownEngine(name, baseUrl, keyVariable, Shape.OPENAI);
    }
}
