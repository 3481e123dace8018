package dev.guardrails4j.testkit;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.CallContext;
import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.Judgement;
import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.TaskPrompt;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a harness configures its rail from. */
final class HarnessSetup implements RailSetup {

    private final RailHarness harness;
    private final Stage stage;
    private final Set<String> readParameters = new HashSet<>();
    private final Set<String> askedParameters = new LinkedHashSet<>();
    private final Map<String, RecordedSettings> sections = new LinkedHashMap<>();

    HarnessSetup(RailHarness harness, Stage stage) {
        this.harness = harness;
        this.stage = stage;
        harness.rail.parameters().forEach(parameter -> readParameters.add(parameter.name()));
        harness.rail
                .settings()
                .forEach(section -> Optional.ofNullable(harness.settings.get(section.name()))
                        .ifPresent(settings -> settings.describe(section)));
    }

    @Override
    public Stage stage() {
        return stage;
    }

    @Override
    public String flow() {
        return harness.rail.name()
                + harness.parameters.entrySet().stream()
                        .map(parameter -> " $" + parameter.getKey() + "=" + parameter.getValue())
                        .collect(Collectors.joining());
    }

    @Override
    public boolean isTrusted() {
        return !harness.fromCaller;
    }

    @Override
    public Optional<String> parameter(String name) {
        readParameters.add(name);
        askedParameters.add(name);
        return Optional.ofNullable(harness.parameters.get(name));
    }

    @Override
    public boolean compat() {
        return harness.compat;
    }

    @Override
    public Settings settings(String section) {
        return sections.computeIfAbsent(section, name -> new RecordedSettings(found(name)))
                .watched();
    }

    private Settings found(String section) {
        MapSettings settings = harness.settings.get(section);
        if (settings == null) {
            return new MapSettings("rails.config." + section, false, Map.of(), harness.environment);
        }
        settings.markOpened();
        return settings;
    }

    @Override
    public TaskPrompt prompt(String task) {
        if (harness.missingPrompts.contains(task)) {
            throw new RailConfigurationException("Missing a `" + task + "` prompt template, which is required for the `"
                    + harness.rail.name() + "` rail.");
        }
        return new ListingPrompt(task);
    }

    @Override
    public ChatModel model(String type) {
        return findModel(type)
                .orElseThrow(() -> new RailConfigurationException("there is no model of type '" + type + "'"));
    }

    @Override
    public Optional<ChatModel> findModel(String type) {
        return Optional.ofNullable(harness.models.get(type)).map(answer -> new FunctionModel(type, answer));
    }

    @Override
    public Judge judge(JudgeTask task) {
        prompt(task.prompt());
        return (context, variables) -> judge(task, context, variables);
    }

    private Judgement judge(JudgeTask task, CallContext context, Map<String, ?> variables) {
        if (context.deadline().hasEnded()) {
            throw new IllegalStateException("the deadline has ended");
        }
        harness.judgeQuestions.add(new RailHarness.JudgeQuestion(
                task, Collections.unmodifiableMap(new LinkedHashMap<String, Object>(variables))));
        return harness.judgement.get();
    }

    @Override
    public JsonEndpoint endpoint(EndpointAddress address) {
        return new ScriptedEndpoint(harness, address);
    }

    @Override
    public Action action(String name) {
        throw new RailConfigurationException("there is no action '" + name + "'");
    }

    /** Where the rail's description differs from what it has read. */
    List<String> describedWrongly() {
        List<String> differences = new ArrayList<>();
        Set<String> parameters =
                harness.rail.parameters().stream().map(Setting::name).collect(Collectors.toSet());
        parameters.stream()
                .filter(name -> !askedParameters.contains(name))
                .forEach(name -> differences.add("$" + name + " is described and was not read"));
        askedParameters.stream()
                .filter(name -> !parameters.contains(name))
                .forEach(name -> differences.add("$" + name + " was read and is not described"));
        Map<String, Setting> described =
                harness.rail.settings().stream().collect(Collectors.toMap(Setting::name, Function.identity()));
        sections.forEach((name, read) -> {
            Setting section = described.get(name);
            if (section == null) {
                differences.add("the section " + name + " was read and is not described");
            } else if (section.type() != Setting.Type.OPEN_SECTION) {
                differences.addAll(read.differences(name, section.settings()));
            }
        });
        described.keySet().stream()
                .filter(name -> !sections.containsKey(name))
                .forEach(name -> differences.add("the section " + name + " is described and was not read"));
        return differences;
    }

    void refuseUnread() {
        List<String> unread = new ArrayList<>();
        harness.parameters.keySet().stream()
                .filter(name -> !readParameters.contains(name))
                .forEach(name -> unread.add("$" + name));
        harness.settings.values().forEach(settings -> unread.addAll(settings.unread()));
        if (!unread.isEmpty()) {
            throw new RailConfigurationException(
                    "'" + harness.rail.name() + "' does not know: " + String.join(", ", unread));
        }
    }
}
