package dev.guardrails4j.rails.selfcheck;

import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.testkit.RailContractTest;
import dev.guardrails4j.testkit.RailHarness;
import org.junit.jupiter.api.Nested;

/** The rails of this module keep the contract of all rails. */
class SelfCheckRailContractsTest {

    private static RailHarness asking(Rail rail) {
        return RailHarness.of(rail).judgeSays(false);
    }

    @Nested
    class Input extends RailContractTest {

        @Override
        protected RailHarness harness() {
            return asking(new SelfCheckInputRail()).parameter("variant", "strict");
        }
    }

    @Nested
    class Output extends RailContractTest {

        @Override
        protected RailHarness harness() {
            return asking(new SelfCheckOutputRail())
                    .parameter("variant", "strict")
                    .reasoning("They ask for a colour.");
        }
    }

    @Nested
    class Facts extends RailContractTest {

        @Override
        protected RailHarness harness() {
            return asking(new SelfCheckFactsRail())
                    .variable("check_facts", true)
                    .relevantChunks("The sky is blue.");
        }
    }

    @Nested
    class Hallucination extends RailContractTest {

        @Override
        protected RailHarness harness() {
            return asking(new SelfCheckHallucinationRail())
                    .variable("check_hallucination", true)
                    .model("main", request -> ChatResponse.of("main", "Blue."));
        }
    }
}
