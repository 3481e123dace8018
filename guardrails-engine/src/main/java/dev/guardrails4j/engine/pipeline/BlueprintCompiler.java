package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.config.FlowConfig;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.LoadedConfig;
import dev.guardrails4j.engine.config.Location;
import dev.guardrails4j.engine.config.ModelConfig;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.engine.config.RailsConfig;
import dev.guardrails4j.engine.config.Spelling;
import dev.guardrails4j.engine.config.Trust;
import dev.guardrails4j.engine.model.EndpointConnector;
import dev.guardrails4j.engine.model.ModelHttpClient;
import dev.guardrails4j.engine.plugin.Catalogue;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import dev.guardrails4j.engine.plugin.LiveCatalogue;
import dev.guardrails4j.engine.plugin.RailDescription;
import dev.guardrails4j.engine.prompt.Prompts;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Compiles configurations to blueprints, and finds everything that is wrong with them, not only the first thing. Safe for
 * use by many threads.
 */
public final class BlueprintCompiler {

    private static final String MAIN = ChosenModel.MAIN;
    private static final Set<String> NOT_CHAT_MODELS = Set.of("embeddings", "jailbreak_detection");

    private static final AtomicLong CONFIGURED = new AtomicLong();

    private static final Comparator<Problem> IN_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.location().file())
            .thenComparing(problem -> problem.location().line());

    private final LiveCatalogue live;
    private final ModelConnector connector;
    private final EndpointConnector endpoints;
    private final RailGates gates;
    private final SettingUp settingUp;

    @Inject
    BlueprintCompiler(
            LiveCatalogue live,
            ModelConnector connector,
            EndpointConnector endpoints,
            RailGates gates,
            SettingUp settingUp) {
        this.settingUp = settingUp;
        this.live = live;
        this.connector = connector;
        this.endpoints = endpoints;
        this.gates = gates;
    }

    /** What rails, actions and model providers there are now. */
    public Catalogue catalogue() {
        return live.current();
    }

    /**
     * Compiles a configuration.
     *
     * @throws InvalidConfigException if the configuration cannot be used; it names every problem
     */
    public Blueprint compile(LoadedConfig loaded) {
        LiveCatalogue.Use use = live.use();
        boolean isMade = false;
        try {
            Blueprint blueprint = new Compilation(loaded, use).blueprint();
            isMade = true;
            return blueprint;
        } finally {
            if (!isMade) {
                use.close();
            }
        }
    }

    /** One configuration being compiled. */
    private final class Compilation {

        private final LiveCatalogue.Use use;
        private final Catalogue catalogue;
        private final RailsConfig config;
        private final Trust trust;
        private final List<Problem> problems;
        private final ConnectedModels models = new ConnectedModels();
        private final List<ModelHttpClient> connections = new ArrayList<>();
        private final Prompts prompts;
        private final RailSettings settings;
        private final ActionBook actions;

        Compilation(LoadedConfig loaded, LiveCatalogue.Use use) {
            this.use = use;
            this.catalogue = use.catalogue();
            this.config = loaded.config();
            this.trust = loaded.trust();
            this.problems = new ArrayList<>(loaded.problems());
            this.prompts = new Prompts(config.prompts(), config.promptingMode(), globals(config));
            this.settings = new RailSettings(config.railSettings(), trust, catalogue.rails());
            this.actions = ActionBook.of(config, catalogue, this::endpoint);
        }

        private static Map<String, Object> globals(RailsConfig config) {
            return Map.of("general_instructions", config.generalInstructions().orElse(""));
        }

        Blueprint blueprint() {
            problems.addAll(prompts.problems());
            config.models().forEach(this::connect);
            MainModel main = mainModel();
            Map<Stage, List<ConfiguredRail>> rails = new EnumMap<>(Stage.class);
            for (Stage stage : Stage.values()) {
                rails.put(stage, configure(stage));
            }
            config.models().stream()
                    .filter(model -> NOT_CHAT_MODELS.contains(model.type()) && !models.isAsked(model.type()))
                    .map(model -> Problem.warning(
                            model.location(), "models of type '%s' are not used here".formatted(model.type())))
                    .forEach(problems::add);
            problems.addAll(RunningProblems.of(config.running(), rails));
            problems.addAll(settings.problems());
            if (problems.stream().anyMatch(Problem::isError)) {
                models.all().forEach(ChatModel::close);
                connections.forEach(ModelHttpClient::close);
                throw new InvalidConfigException(
                        problems.stream().distinct().sorted(IN_PLACE).toList());
            }
            return new Blueprint(
                    config,
                    Map.copyOf(rails),
                    main,
                    models.byType(),
                    List.copyOf(connections),
                    trust.reached(),
                    List.copyOf(problems),
                    use);
        }

        private JsonEndpoint endpoint(EndpointAddress address) {
            return endpoints.connect(address, connections::add);
        }

        private void connect(ModelConfig model) {
            if (NOT_CHAT_MODELS.contains(model.type()) || models.has(model.type())) {
                return;
            }
            try {
                models.add(model, connector.connect(model, trust, catalogue));
            } catch (RailConfigurationException e) {
                models.addBroken(model.type());
                problems.addAll(problems(model.location(), e));
            }
        }

        private MainModel mainModel() {
            if (config.model(MAIN).isPresent()) {
                return models.get(MAIN).map(MainModel::of).orElseGet(() -> MainModel.missing("cannot be connected"));
            }
            ModelConfig implicit = connector.implicitMain(config.id());
            try {
                ChatModel model = connector.connect(implicit, trust, catalogue);
                models.add(implicit, model);
                return MainModel.of(model);
            } catch (RailConfigurationException e) {
                return MainModel.missing("The configuration has no model of type 'main': " + e.getMessage());
            }
        }

        private List<ConfiguredRail> configure(Stage stage) {
            return config.flows().getOrDefault(stage, List.of()).stream()
                    .map(flow -> configure(stage, flow))
                    .flatMap(Optional::stream)
                    .toList();
        }

        private Optional<ConfiguredRail> configure(Stage stage, FlowConfig flow) {
            Optional<CataloguedRail> found = catalogue.rail(flow.reference().name());
            if (found.isEmpty()) {
                problems.add(Problem.error(flow.location(), unknown(stage, flow)));
                return Optional.empty();
            }
            RailDescription description = found.get().description();
            if (!description.stages().contains(stage)) {
                problems.add(Problem.error(
                        flow.location(),
                        "the flow '%s' cannot be listed in %s; it is for %s"
                                .formatted(flow.reference().name(), path(stage), paths(description.stages()))));
                return Optional.empty();
            }
            List<Problem> wrongParameters = FlowParameters.problems(flow, description.parameters());
            problems.addAll(wrongParameters);
            RailSettings.Reader reader = settings.reader(found.get());
            BoundRailSetup setup = new BoundRailSetup(
                    stage,
                    flow,
                    description.parameters(),
                    config,
                    trust,
                    prompts,
                    models,
                    actions,
                    catalogue,
                    reader,
                    this::endpoint);
            try {
                RailCheck check = settingUp.ofRail(
                        found.get().name(),
                        found.get().plugin(),
                        () -> found.get().rail().configure(setup));
                if (check == null) {
                    throw new IllegalStateException("it returned no check");
                }
                setup.unreadParameters().forEach(name -> problems.add(unknownParameter(flow, name, setup)));
                return Optional.of(new ConfiguredRail(
                        CONFIGURED.incrementAndGet(),
                        stage,
                        flow,
                        check,
                        description.rewrites(),
                        description.readsParts(),
                        description.refusal(),
                        found.get().plugin(),
                        gates.timeout(found.get(), flow),
                        gates.gate(found.get(), flow),
                        actions));
            } catch (RailConfigurationException e) {
                setup.close();
                reader.gaveUp();
                // What the rail says of parameters that are known to be wrong is the same in other words.
                if (wrongParameters.isEmpty()) {
                    problems.addAll(problems(flow.location(), e));
                }
            } catch (Exception | Error e) {
                setup.close();
                reader.gaveUp();
                problems.add(Problem.error(
                        flow.location(),
                        "the rail '%s' of %s failed while it was configured, with %s: %s"
                                .formatted(
                                        flow.reference().name(),
                                        found.get().plugin().name(),
                                        e.getClass().getName(),
                                        e.getMessage())));
            }
            return Optional.empty();
        }

        private String unknown(Stage stage, FlowConfig flow) {
            String name = flow.reference().name();
            List<String> names = catalogue.rails().stream()
                    .filter(rail -> rail.description().stages().contains(stage))
                    .map(CataloguedRail::name)
                    .toList();
            if (ReferenceFlows.contains(name)) {
                return "the flow '%s' in %s is one of NeMo Guardrails that no jar brings here"
                        .formatted(name, path(stage));
            }
            return "unknown flow '%s' in %s%s".formatted(name, path(stage), Spelling.suggestion(name, names));
        }

        private Problem unknownParameter(FlowConfig flow, String name, BoundRailSetup setup) {
            return Problem.error(
                    flow.location(),
                    "the flow '%s' has no parameter '$%s'%s"
                            .formatted(
                                    flow.reference().name(), name, Spelling.suggestion(name, setup.readParameters())));
        }
    }

    private static List<Problem> problems(Location location, RailConfigurationException e) {
        return e instanceof InvalidConfigException invalid
                ? invalid.problems()
                : List.of(Problem.error(location, String.valueOf(e.getMessage())));
    }

    private static String path(Stage stage) {
        return "rails.%s.flows".formatted(stage.name().toLowerCase(Locale.ROOT));
    }

    private static String paths(Set<Stage> stages) {
        return String.join(
                ", ", stages.stream().sorted().map(BlueprintCompiler::path).toList());
    }
}
