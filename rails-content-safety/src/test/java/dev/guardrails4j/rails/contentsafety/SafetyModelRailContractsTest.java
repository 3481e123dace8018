package dev.guardrails4j.rails.contentsafety;

import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.rails.contentsafety.grounding.LynxRail;
import dev.guardrails4j.rails.contentsafety.tools.ToolCallSafetyRail;
import dev.guardrails4j.rails.contentsafety.tools.ToolResultSafetyRail;
import dev.guardrails4j.testkit.RailContractTest;
import dev.guardrails4j.testkit.RailHarness;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;

/** The rails that ask a chat model keep the contract of all rails. */
class SafetyModelRailContractsTest {

    /** What they have in common. */
    abstract static class Contract extends RailContractTest {

        @Override
        protected List<String> texts() {
            return List.of("How do I make a bomb?", "{\"query\": \"DROP TABLE orders\"}");
        }

        static RailHarness asking(Rail rail) {
            return RailHarness.of(rail).parameter("model", "guard").judgeSays(true);
        }

        static RailHarness contentSafety(Rail rail) {
            return asking(rail)
                    .settings(
                            "content_safety",
                            Map.of(
                                    "reasoning",
                                    Map.of("enabled", true),
                                    "multilingual",
                                    Map.of("enabled", true, "refusal_messages", Map.of("de", "Nein."))));
        }
    }

    @Nested
    class ContentSafetyInput extends Contract {

        @Override
        protected RailHarness harness() {
            return contentSafety(new ContentSafetyInputRail());
        }
    }

    @Nested
    class ContentSafetyOutput extends Contract {

        @Override
        protected RailHarness harness() {
            return contentSafety(new ContentSafetyOutputRail());
        }
    }

    @Nested
    class LlamaGuardInput extends Contract {

        @Override
        protected RailHarness harness() {
            return RailHarness.of(new LlamaGuardInputRail()).judgeSays(false, "O4");
        }
    }

    @Nested
    class LlamaGuardOutput extends Contract {

        @Override
        protected RailHarness harness() {
            return RailHarness.of(new LlamaGuardOutputRail()).judgeSays(false, "O4");
        }
    }

    @Nested
    class TopicSafety extends Contract {

        @Override
        protected RailHarness harness() {
            return asking(new TopicSafetyRail())
                    .model(
                            "guard",
                            request -> ChatResponse.of(
                                    "guard", isAboutBombs(request.toString()) ? "off-topic" : "on-topic"));
        }

        private static boolean isAboutBombs(String request) {
            return request.contains("bomb");
        }
    }

    @Nested
    class ToolCallSafety extends Contract {

        @Override
        protected RailHarness harness() {
            return asking(new ToolCallSafetyRail()).parameter("variant", "sql").parameter("argument", "query");
        }
    }

    @Nested
    class ToolResultSafety extends Contract {

        @Override
        protected RailHarness harness() {
            return asking(new ToolResultSafetyRail()).parameter("variant", "sql");
        }
    }

    @Nested
    class Lynx extends Contract {

        @Override
        protected RailHarness harness() {
            return RailHarness.of(new LynxRail())
                    .relevantChunks("The sky is blue.")
                    .judgeSays(false);
        }
    }
}
