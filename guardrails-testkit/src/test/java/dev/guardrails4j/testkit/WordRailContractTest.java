package dev.guardrails4j.testkit;

import java.util.List;
import java.util.Map;

/** The contract, kept. */
class WordRailContractTest extends RailContractTest {

    @Override
    protected RailHarness harness() {
        return harness(new WordRail());
    }

    static RailHarness harness(dev.guardrails4j.api.Rail rail) {
        return RailHarness.of(rail)
                .settings("words", Map.of("forbidden", List.of("Acme"), "rules", List.of(Map.of("limit", 3))));
    }

    @Override
    protected List<String> texts() {
        return List.of("Acme is better", "Nobody is better");
    }
}
