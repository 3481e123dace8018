package dev.guardrails4j.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** The scenario "checks": how many checks a second the server answers, and how fast. */
@Command(
        name = "checks",
        sortOptions = false,
        description =
                "Guardrail check requests over HTTP with rails that need no model: how many a second at saturation,"
                        + " and how fast at a fixed rate; beside a route that checks nothing.",
        footer = {"", "Exit code 1 if any request failed or nothing could be measured."})
final class ChecksCommand implements Callable<Integer> {

    private static final String TEXT =
            "My order has not arrived yet, and the tracking page has shown the same place for three days."
                    + " Can you tell me whether it is lost, and what I should do to get my money back or a second parcel?";

    private static final LoadScenario SCENARIO = new LoadScenario(
            "checks",
            List.of(new LoadScenario.Mock(MockCommand.ANSWER, 0)),
            addresses -> configs(),
            List.of("--threads", "none"),
            List.of(
                    new LoadScenario.Way(
                            "GET /v1/health",
                            addresses -> Target.get(addresses.server(), "/v1/health"),
                            "\"status\":\"pass\""),
                    check("regex", "regex"),
                    check("regex and sensitive data", "regex-and-sensitive-data")));

    @Mixin
    private ScenarioOptions options = new ScenarioOptions();

    @Mixin
    private LoadOptions load = new LoadOptions(2000);

    @Override
    public Integer call() throws InterruptedException {
        return options.run(SCENARIO, options.valid(load::settings));
    }

    private static Map<String, String> configs() {
        String patterns = "regex_detection: {input: {patterns: ['\\bswordfish\\b', '\\b[A-Z]{3}-\\d{6}\\b']}}";
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put("regex", """
                rails:
                  input: {flows: [regex check input]}
                  config: {%s}
                """.formatted(patterns));
        configs.put("regex-and-sensitive-data", """
                rails:
                  input: {flows: [regex check input, detect sensitive data on input]}
                  config:
                    %s
                    sensitive_data_detection: {input: {entities: [EMAIL_ADDRESS, PHONE_NUMBER, CREDIT_CARD, IBAN_CODE]}}
                """.formatted(patterns));
        return configs;
    }

    private static LoadScenario.Way check(String name, String configId) {
        String body =
                "{\"model\":\"any\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}],\"guardrails\":{\"config_id\":\"%s\"}}"
                        .formatted(TEXT, configId);
        return new LoadScenario.Way(
                name,
                addresses -> Target.post(addresses.server(), "/v1/guardrail/checks", body),
                "\"status\":\"success\"");
    }
}
