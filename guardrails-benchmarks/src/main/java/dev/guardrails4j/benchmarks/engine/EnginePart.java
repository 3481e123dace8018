package dev.guardrails4j.benchmarks.engine;

import dev.guardrails4j.engine.StreamEvent;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.PromptConfig;
import dev.guardrails4j.engine.prompt.CompiledPrompt;
import dev.guardrails4j.engine.prompt.OutputParser;
import dev.guardrails4j.engine.prompt.OutputParsers;
import dev.guardrails4j.engine.prompt.Prompts;
import dev.guardrails4j.engine.stream.OutputWindow;
import dev.guardrails4j.server.openai.ChatCompletionRequest;
import dev.guardrails4j.server.openai.ChunkSeries;
import dev.guardrails4j.server.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** What is measured. */
public enum EnginePart {
    /** Reads a chat completion request of ten messages, 2 kB. */
    REQUEST_JSON {
        @Override
        Supplier<Object> prepare() {
            String message =
                    "{\"role\": \"%s\", \"content\": \"" + SENTENCE.repeat(2).strip() + "\"}";
            StringBuilder body = new StringBuilder("{\"model\": \"m\", \"temperature\": 0.2, \"messages\": [");
            for (int turn = 0; turn < 10; turn++) {
                body.append(turn == 0 ? "" : ", ").append(message.formatted(turn % 2 == 0 ? "user" : "assistant"));
            }
            byte[] json = body.append(
                            "], \"guardrails\": {\"config_id\": \"a\", \"options\": {\"log\": {\"activated_rails\": true}}}}")
                    .toString()
                    .getBytes(StandardCharsets.UTF_8);
            return () -> ChatCompletionRequest.read(json);
        }
    },
    /** Writes one chunk of a streamed answer. */
    CHUNK_JSON {
        @Override
        Supplier<Object> prepare() {
            ChunkSeries chunks = new ChunkSeries("m", false, Instant.EPOCH);
            StreamEvent event = new StreamEvent.Text("word ");
            return () -> Json.write(chunks.frames(event).get(0));
        }
    },
    /** Puts 200 words, one at a time, through the window of streamed output rails. */
    WINDOW {
        @Override
        Supplier<Object> prepare() {
            String[] words = SENTENCE.repeat(14).split("(?<= )", 200);
            return () -> {
                OutputWindow window = new OutputWindow(200, 50);
                int checked = 0;
                for (String word : words) {
                    checked += window.add(word)
                            .map(batch -> batch.check().length())
                            .orElse(0);
                }
                return checked
                        + window.end().map(batch -> batch.check().length()).orElse(0);
            };
        }
    },
    /** Fills the template of a judge's prompt, with a condition and a message of 200 characters. */
    TEMPLATE {
        @Override
        Supplier<Object> prepare() {
            Location nowhere = new Location("prompts.yml", 1);
            PromptConfig config = new PromptConfig(
                    "self_check_input",
                    List.of(new PromptConfig.MessageTemplate(Optional.empty(), false, """
                            Your task is to check if the user message below complies with the policy.
                            {% if reasoning %}Think first.{% endif %}
                            User message: "{{ user_input }}"
                            Should it be blocked (Yes or No)?
                            """, nowhere)),
                    List.of(),
                    Optional.empty(),
                    PromptConfig.DEFAULT_MAX_LENGTH,
                    "standard",
                    List.of(),
                    OptionalInt.empty(),
                    nowhere);
            CompiledPrompt prompt = new Prompts(List.of(config), "standard", Map.of())
                    .find("self_check_input", "openai/m")
                    .orElseThrow();
            Map<String, Object> variables = Map.of("user_input", SENTENCE.repeat(3), "reasoning", false);
            return () -> prompt.render(variables);
        }
    },
    /** Reads a safety model's judgement. */
    PARSER {
        @Override
        Supplier<Object> prepare() {
            OutputParser parser =
                    OutputParsers.find("nemoguard_parse_prompt_safety", false).orElseThrow();
            String answer =
                    "{\"User Safety\": \"unsafe\", \"Safety Categories\": \"Violence, Criminal Planning/Confessions\"}";
            return () -> parser.parse(answer);
        }
    };

    private static final String SENTENCE = "Where is the parcel that I have ordered three weeks ago, please? ";

    /** What is to be done over and over. */
    abstract Supplier<Object> prepare();
}
