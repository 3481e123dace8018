package com.example.tour;

import dev.guardrails4j.testkit.RailContractTest;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;

class RedactTicketsRailTest extends RailContractTest {

    @Override
    protected RailHarness harness() {
        return RailHarness.of(new RedactTicketsRail());
    }

    @Override
    protected List<String> texts() {
        return List.of("See SUP-4711 and A-1.");
    }
}
