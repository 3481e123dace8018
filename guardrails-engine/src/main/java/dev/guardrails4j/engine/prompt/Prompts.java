package dev.guardrails4j.engine.prompt;

import dev.guardrails4j.api.Role;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.PromptConfig;
import dev.guardrails4j.engine.config.PromptConfig.MessageTemplate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * The prompts of a configuration, compiled once, and the choice among them. What is wrong with a template is a {@linkplain
 * #problems() problem} of the configuration; the prompt it belongs to can be found all the same, and fails when it is
 * rendered. Immutable; safe for use by many threads.
 */
public final class Prompts {

    private final List<Entry> entries;
    private final String promptingMode;
    private final List<Problem> problems;

    /**
     * Compiles the prompts.
     *
     * @param prompts in configured order
     * @param promptingMode which prompts to prefer: {@code standard}, {@code compact} ...
     * @param globals variables that every template sees, such as {@code general_instructions}
     */
    public Prompts(List<PromptConfig> prompts, String promptingMode, Map<String, Object> globals) {
        Map<String, Object> visible = Map.copyOf(globals);
        TemplateCompiler compiler = new TemplateCompiler();
        List<Problem> found = new ArrayList<>();
        this.entries = prompts.stream()
                .map(prompt -> new Entry(prompt, compile(prompt, visible, compiler, found)))
                .toList();
        this.promptingMode = promptingMode;
        this.problems = List.copyOf(found);
    }

    private static CompiledPrompt compile(
            PromptConfig prompt, Map<String, Object> globals, TemplateCompiler compiler, List<Problem> problems) {
        prompt.outputParser()
                .filter(parser -> !OutputParsers.names().contains(parser))
                .ifPresent(parser -> problems.add(Problem.error(
                        prompt.location(),
                        "prompt '" + prompt.task() + "': "
                                + Unknown.describe("output_parser", parser, OutputParsers.names()))));
        List<MessagePart> parts = prompt.messages().stream()
                .map(message -> compile(prompt, message, compiler, problems))
                .toList();
        return new CompiledPrompt(prompt, parts, globals);
    }

    private static MessagePart compile(
            PromptConfig prompt, MessageTemplate message, TemplateCompiler compiler, List<Problem> problems) {
        try {
            return message.isMessageList()
                    ? MessagePart.listOf(compiler.compileMessageList(message.template()))
                    : MessagePart.of(message.role().orElse(Role.USER), compiler.compile(message.template()));
        } catch (TemplateException e) {
            problems.add(Problem.error(message.location(), "prompt '" + prompt.task() + "', " + e.describe()));
            return variables -> {
                throw e;
            };
        }
    }

    /** What is wrong with the templates and the names of parsers, in configured order. */
    public List<Problem> problems() {
        return problems;
    }

    /**
     * The prompt of a task that suits a model best; among equals the last one.
     *
     * @param task as {@code prompts[].task} spells it
     * @param qualifiedModel {@code engine/model} of the model that is to answer
     */
    public Optional<CompiledPrompt> find(String task, String qualifiedModel) {
        Optional<CompiledPrompt> best = Optional.empty();
        double bestScore = 0;
        for (Entry entry : entries) {
            if (!entry.config().task().equals(task)) {
                continue;
            }
            OptionalDouble score = PromptScore.of(entry.config(), promptingMode, qualifiedModel);
            if (score.isPresent() && score.getAsDouble() >= bestScore) {
                bestScore = score.getAsDouble();
                best = Optional.of(entry.prompt());
            }
        }
        return best;
    }

    /** The tasks there are prompts for, in configured order. */
    public Set<String> tasks() {
        Set<String> tasks = new LinkedHashSet<>();
        entries.forEach(entry -> tasks.add(entry.config().task()));
        return Collections.unmodifiableSet(tasks);
    }

    private record Entry(PromptConfig config, CompiledPrompt prompt) {}
}
