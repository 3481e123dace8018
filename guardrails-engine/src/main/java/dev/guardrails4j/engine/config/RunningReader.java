package dev.guardrails4j.engine.config;

import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.RunningConfig.OutputStreaming;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Reads how the rails of each stage are run. For one thread. */
final class RunningReader {

    private final Set<Stage> parallel = EnumSet.noneOf(Stage.class);
    private boolean speculative;
    private int maxBufferedChunks = RunningConfig.DEFAULT_MAX_BUFFERED_CHUNKS;
    private OutputStreaming streaming = OutputStreaming.DEFAULT;
    private InputScope inputScope = InputScope.NEW;

    void read(Stage stage, NodeReader section) {
        if (section.read("parallel", Values::flag).orElse(false)) {
            parallel.add(stage);
        }
        if (stage == Stage.INPUT) {
            speculative = section.read("speculative_generation", Values::flag).orElse(false);
            maxBufferedChunks = section.read("speculative_max_buffered_tokens", node -> Values.integer(node, 1))
                    .orElse(RunningConfig.DEFAULT_MAX_BUFFERED_CHUNKS);
            inputScope = section.read("scope", RunningReader::scope).orElse(InputScope.NEW);
        }
        if (stage == Stage.OUTPUT) {
            streaming = streaming(section.section("streaming"));
            if (section.has("apply_to_reasoning_traces")) {
                section.warning(
                        "apply_to_reasoning_traces",
                        "is a key that NeMo Guardrails has removed; reasoning is not checked");
            }
        }
    }

    private static InputScope scope(ConfigNode node) {
        return switch (Values.string(node)) {
            case "new" -> InputScope.NEW;
            case "last" -> InputScope.LAST;
            case "all" -> InputScope.ALL;
            default -> throw Values.wrong(node, "must be new, last or all");
        };
    }

    private static OutputStreaming streaming(NodeReader section) {
        OutputStreaming usual = OutputStreaming.DEFAULT;
        OutputStreaming streaming = new OutputStreaming(
                section.read("enabled", Values::flag).orElse(usual.enabled()),
                section.read("chunk_size", node -> Values.integer(node, 1)).orElse(usual.chunkSize()),
                section.read("context_size", node -> Values.integer(node, 0)).orElse(usual.contextSize()),
                section.read("stream_first", Values::flag).orElse(usual.streamFirst()));
        section.rejectUnknownKeys();
        return streaming;
    }

    RunningConfig config(Optional<Duration> requestTimeout) {
        return new RunningConfig(parallel, speculative, maxBufferedChunks, streaming, inputScope, requestTimeout);
    }
}
