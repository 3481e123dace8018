package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.TaskPrompt;
import dev.guardrails4j.api.TlsOptions;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.engine.config.Spelling;
import dev.guardrails4j.engine.config.Trust;
import dev.guardrails4j.engine.model.CachedEndpoint;
import dev.guardrails4j.engine.model.EndpointConnector;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedAction;
import dev.guardrails4j.engine.prompt.CompiledPrompt;
import dev.guardrails4j.engine.prompt.OutputParser;
import dev.guardrails4j.engine.prompt.OutputParsers;
import dev.guardrails4j.engine.prompt.Prompts;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What one mention of a rail is configured from. Used by one thread, while the rail is configured; what goes on after it was
 * closed gets nothing more.
 */
final class BoundRailSetup implements RailSetup {

    private static final String MAIN = "main";

    private final Stage stage;
    private final FlowConfig flow;
    private final RailsConfig config;
    private final Trust trust;
    private final Prompts prompts;
    private final ConnectedModels models;
    private final ActionBook actions;
    private final Catalogue catalogue;
    private final RailSettings.Reader settings;
    private final Function<EndpointAddress, JsonEndpoint> connect;
    private final Set<String> readParameters = new HashSet<>();
    private volatile boolean isClosed;

    BoundRailSetup(
            Stage stage,
            FlowConfig flow,
            List<Setting> described,
            RailsConfig config,
            Trust trust,
            Prompts prompts,
            ConnectedModels models,
            ActionBook actions,
            Catalogue catalogue,
            RailSettings.Reader settings,
            Function<EndpointAddress, JsonEndpoint> connect) {
        this.stage = stage;
        this.flow = flow;
        this.config = config;
        this.trust = trust;
        this.prompts = prompts;
        this.models = models;
        this.actions = actions;
        this.catalogue = catalogue;
        this.settings = settings;
        this.connect = connect;
        described.forEach(parameter -> readParameters.add(parameter.name()));
    }

    /** The parameters that the flow reference gives and the rail has neither described nor asked for. */
    List<String> unreadParameters() {
        return flow.reference().parameters().keySet().stream()
                .filter(name -> !readParameters.contains(name))
                .toList();
    }

    /** The parameters that the rail has described or asked for. */
    Set<String> readParameters() {
        return readParameters;
    }

    /** The rail could not be configured; it may be at it still, if it took too long. */
    void close() {
        isClosed = true;
    }

    private void requireOpen() {
        if (isClosed) {
            throw new IllegalStateException("The rail '%s' is no longer being configured"
                    .formatted(flow.reference().name()));
        }
    }

    @Override
    public Stage stage() {
        return stage;
    }

    @Override
    public String flow() {
        return flow.reference().text();
    }

    @Override
    public boolean isTrusted() {
        return trust.isOperators();
    }

    @Override
    public Optional<String> parameter(String name) {
        requireOpen();
        readParameters.add(name);
        Optional<String> value =
                Optional.ofNullable(flow.reference().parameters().get(name));
        value.flatMap(text -> trust.problemOfText(name, text)).ifPresent(problem -> {
            throw new RailConfigurationException("the parameter '$%s' of the flow '%s' %s"
                    .formatted(name, flow.reference().name(), problem));
        });
        return value;
    }

    @Override
    public boolean compat() {
        return config.compat();
    }

    @Override
    public Settings settings(String section) {
        requireOpen();
        return settings.section(section);
    }

    @Override
    public TaskPrompt prompt(String task) {
        requireOpen();
        return compiledPrompt(task);
    }

    private CompiledPrompt compiledPrompt(String task) {
        String answering = models.config(task)
                .or(() -> models.config(MAIN))
                .map(model -> model.qualifiedName())
                .orElse("");
        return prompts.find(task, answering)
                .orElseThrow(() -> new RailConfigurationException(
                        "Missing a `%s` prompt template, which is required for the `%s` rail.%s"
                                .formatted(
                                        task,
                                        flow.reference().name(),
                                        Spelling.suggestion(task, prompts.tasks())
                                                .replaceFirst("^; d", " D"))));
    }

    @Override
    public ChatModel model(String type) {
        requireOpen();
        if (models.isBroken(type)) {
            // What is wrong has been said where the model is configured.
            throw new InvalidConfigException(List.of());
        }
        return models.get(type)
                .orElseThrow(() -> new RailConfigurationException(
                        "%s flow '%s' references model type '%s' that is not defined in the configuration. Detected model types: %s."
                                .formatted(stageName(), flow.reference().name(), type, detectedTypes())));
    }

    private String detectedTypes() {
        return config.models().isEmpty()
                ? "none"
                : config.models().stream()
                        .map(model -> "'" + model.type() + "'")
                        .distinct()
                        .collect(Collectors.joining(", "));
    }

    private String stageName() {
        String lower = stage.name().toLowerCase(Locale.ROOT);
        return Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    }

    @Override
    public Optional<ChatModel> findModel(String type) {
        return models.get(type);
    }

    @Override
    public Judge judge(JudgeTask task) {
        requireOpen();
        CompiledPrompt prompt = compiledPrompt(task.prompt());
        ChatModel model = task.modelTypes().stream()
                .map(models::get)
                .flatMap(Optional::stream)
                .findFirst()
                .orElseGet(() -> model(task.modelTypes().get(task.modelTypes().size() - 1)));
        return new PromptedJudge(prompt, parser(task, prompt), model, parameters(task, prompt));
    }

    private OutputParser parser(JudgeTask task, CompiledPrompt prompt) {
        String name = prompt.outputParser()
                .or(task::defaultParser)
                .orElseThrow(() -> new RailConfigurationException(
                        "The prompt for `%s` names no output_parser, and the `%s` rail has no default; one of %s"
                                .formatted(task.prompt(), flow.reference().name(), OutputParsers.names())));
        return OutputParsers.find(name, config.compat())
                .orElseThrow(() -> new RailConfigurationException(
                        "The output_parser '%s' of the prompt for `%s` does not say whether a text is safe%s"
                                .formatted(name, task.prompt(), Spelling.suggestion(name, OutputParsers.names()))));
    }

    private Map<String, Object> parameters(JudgeTask task, CompiledPrompt prompt) {
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("temperature", task.temperature().orElse(config.lowestTemperature()));
        parameters.put("max_tokens", prompt.maxTokens().orElse(task.maxTokens()));
        if (!prompt.stop().isEmpty()) {
            parameters.put("stop", prompt.stop());
        }
        return parameters;
    }

    @Override
    public JsonEndpoint endpoint(EndpointAddress address) {
        requireOpen();
        EndpointConnector.requireHttp(address);
        trust.problemOf(address.uri()).ifPresent(problem -> {
            throw new RailConfigurationException("the address of '%s' %s".formatted(address.name(), problem));
        });
        if (!trust.isOperators() && !address.tls().equals(TlsOptions.DEFAULT)) {
            // It would read files of this machine, or send an operator's key to whoever answers.
            throw new RailConfigurationException(
                    "the server of '%s' cannot have TLS options in a configuration that came over HTTP"
                            .formatted(address.name()));
        }
        JsonEndpoint endpoint = connect.apply(address);
        address.modelType().ifPresent(models::addAsked);
        return address.modelType()
                .flatMap(config::model)
                .flatMap(model ->
                        model.cache().<JsonEndpoint>map(cache -> new CachedEndpoint(model.type(), endpoint, cache)))
                .orElse(endpoint);
    }

    @Override
    public Action action(String name) {
        requireOpen();
        return actions.find(name)
                .map(CataloguedAction::action)
                .orElseThrow(() ->
                        new RailConfigurationException("There is no action '%s', which is required for the `%s` rail%s"
                                .formatted(
                                        name,
                                        flow.reference().name(),
                                        Spelling.suggestion(
                                                name,
                                                catalogue.actions().stream()
                                                        .map(CataloguedAction::name)
                                                        .toList()))));
    }
}
