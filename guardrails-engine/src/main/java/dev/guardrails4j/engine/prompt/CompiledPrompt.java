package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.TaskPrompt;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.PromptConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A prompt of a configuration with its templates compiled, contract "config and rails" 1.5. */
public final class CompiledPrompt implements TaskPrompt {

    private static final String HISTORY = "history";

    private final PromptConfig config;
    private final List<MessagePart> parts;
    private final Map<String, Object> globals;

    CompiledPrompt(PromptConfig config, List<MessagePart> parts, Map<String, Object> globals) {
        this.config = config;
        this.parts = parts;
        this.globals = globals;
    }

    @Override
    public String task() {
        return config.task();
    }

    /**
     * {@inheritDoc}
     *
     * <p>The configuration's own variables stand above those of the same name given here, which may be a client's: nobody
     * replaces the {@code general_instructions} that a judge is told.
     *
     * <p>While the result is longer than {@code max_length}, the oldest messages of the variable {@code history} are left
     * out. Images count as a few characters.
     *
     * @param variables JSON-like values; {@code history}, if given, a list of {@link Message}s
     * @throws IllegalStateException if the result is too long even without history, if there is no message in it, or if a
     *     template fails; the exception never holds a value
     */
    @Override
    public List<Message> render(Map<String, ?> variables) {
        Map<String, Object> values = new LayeredVariables(globals, variables);
        try {
            List<Message> messages = renderFitting(values);
            if (messages.isEmpty()) {
                throw new IllegalStateException("prompt " + describe() + " gives no message: every template is empty");
            }
            return messages;
        } catch (TemplateException e) {
            throw new IllegalStateException("prompt " + describe() + " cannot be rendered: " + e.describe(), e);
        }
    }

    private List<Message> renderFitting(Map<String, Object> values) {
        List<Message> complete = renderParts(values);
        if (fits(complete)) {
            return complete;
        }
        List<?> history = values.get(HISTORY) instanceof List<?> list ? list : List.of();
        int fitting = history.size();
        List<Message> fitted = history.isEmpty() ? complete : renderWithout(fitting, history, values);
        if (!fits(fitted)) {
            throw new IllegalStateException("Prompt exceeds max length of " + config.maxLength()
                    + " characters even without history: " + describe());
        }
        // Halving: a long conversation must not be rendered once for each of its messages.
        int tooMuch = 0;
        while (fitting - tooMuch > 1) {
            int middle = (tooMuch + fitting) >>> 1;
            List<Message> candidate = renderWithout(middle, history, values);
            if (fits(candidate)) {
                fitting = middle;
                fitted = candidate;
            } else {
                tooMuch = middle;
            }
        }
        return fitted;
    }

    private List<Message> renderWithout(int oldest, List<?> history, Map<String, Object> values) {
        return renderParts(new LayeredVariables(Map.of(HISTORY, history.subList(oldest, history.size())), values));
    }

    private List<Message> renderParts(Map<String, Object> values) {
        return parts.stream().flatMap(part -> part.render(values).stream()).toList();
    }

    private boolean fits(List<Message> messages) {
        return PromptLength.of(messages, config.maxLength()) <= config.maxLength();
    }

    @Override
    public List<String> stop() {
        return config.stop();
    }

    @Override
    public OptionalInt maxTokens() {
        return config.maxTokens();
    }

    /** The name of the parser that reads the answer, if the prompt names one. */
    public Optional<String> outputParser() {
        return config.outputParser();
    }

    /** Where the prompt is written. */
    public Location location() {
        return config.location();
    }

    private String describe() {
        return "'" + config.task() + "' (" + config.location() + ")";
    }

    @Override
    public String toString() {
        return "CompiledPrompt[" + describe() + "]";
    }
}
