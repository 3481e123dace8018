package dev.guardrails4j.rails.detectors.bloat;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.detectors.OneStageRail;
import java.util.List;

/**
 * The rails {@code context bloat detection on input} and {@code ... on retrieval}: reject, truncate or tell of text that is
 * there to fill the model's context. Contract "config and rails" 4.8.
 */
public final class BloatRails {

    private BloatRails() {}

    private abstract static class Detection extends OneStageRail {

        private Detection(String where, Stage stage, String what) {
            super(
                    "context bloat detection on " + where,
                    stage,
                    "Rejects or truncates " + what + " that is too long, monotonous or repetitive.");
        }

        @Override
        public boolean rewrites() {
            return true;
        }

        @Override
        public List<Setting> settings() {
            return List.of(BloatSettings.DESCRIPTION);
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return new BloatCheck(BloatSettings.read(setup.settings("context_bloat_detection")));
        }
    }

    /** {@code context bloat detection on input}. */
    public static final class OnInput extends Detection {
        public OnInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code context bloat detection on retrieval}. */
    public static final class OnRetrieval extends Detection {
        public OnRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "retrieved text");
        }
    }
}
