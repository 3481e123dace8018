package dev.guardrails4j.benchmarks;

import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The scenario "content safety": a safety model judges the message and the answer, three calls of models a request. */
@Command(
        name = "content-safety",
        sortOptions = false,
        description =
                "Chat completions that a safety model judges on their way in and out, with models that answer at once:"
                        + " three calls of models a request.",
        footer = {"", "Exit code 1 if any request failed or nothing could be measured."})
final class ContentSafetyCommand implements Callable<Integer> {

    private static final String CONFIG = "judged";

    private static final LoadScenario SCENARIO = new LoadScenario(
            "content-safety",
            List.of(new LoadScenario.Mock(MockCommand.ANSWER, 0), new LoadScenario.Mock(SafetyJudgement.SAFE, 0)),
            addresses -> Map.of(CONFIG, """
                    models:
                      - {type: main, engine: openai, model: %1$s, parameters: {base_url: "%2$s"}}
                      - {type: content_safety, engine: openai, model: %1$s, parameters: {base_url: "%3$s"}}
                    rails:
                      input: {flows: [content safety check input $model=content_safety]}
                      output: {flows: [content safety check output $model=content_safety]}
                    %4$s""".formatted(
                            MockAnswers.MODEL,
                            addresses.model(0),
                            addresses.model(1),
                            SafetyJudgement.prompts("content_safety"))),
            List.of("--threads", "none"),
            List.of(LoadScenario.chat("content safety in and out", CONFIG)));

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Mixin
    private LoadOptions load = new LoadOptions(500);

    @Override
    public Integer call() throws InterruptedException {
        return options.run(SCENARIO, options.valid(load::settings));
    }
}
