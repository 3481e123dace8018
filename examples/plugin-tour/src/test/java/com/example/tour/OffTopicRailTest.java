package com.example.tour;

import dev.guardrails4j.testkit.RailContractTest;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;

class OffTopicRailTest extends RailContractTest {

    @Override
    protected RailHarness harness() {
        return RailHarness.of(new OffTopicRail()).judgeSays(false, "weather");
    }

    @Override
    protected List<String> texts() {
        return List.of("How is the weather?");
    }
}
