package dev.guardrails4j.rails.contentsafety.classifier;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.contentsafety.OneStageRail;
import java.util.List;

/**
 * The rails {@code hf classifier check input|output|retrieval $classifier=x}: each asks the classifier x of {@code
 * rails.config.hf_classifier} for the labels of the text, and blocks if one of them is in its {@code blocked_labels}.
 * Contract "config and rails" 4.9.
 */
public final class ClassifierRails {

    private ClassifierRails() {}

    /** One of them. */
    private abstract static class Check extends OneStageRail {

        private Check(String where, Stage stage, String what) {
            super(
                    "hf classifier check " + where,
                    stage,
                    "Asks a classifier on an inference server for the labels of " + what + ", and blocks some.",
                    "the server of the classifier that $classifier names");
        }

        @Override
        public final List<Setting> parameters() {
            return List.of(Classifier.PARAMETER);
        }

        @Override
        public final List<Setting> settings() {
            return List.of(Classifier.SETTINGS);
        }

        @Override
        public final RailCheck configure(RailSetup setup) {
            return Classifier.configure(setup)::check;
        }
    }

    /** {@code hf classifier check input}. */
    public static final class OnInput extends Check {

        public OnInput() {
            super("input", Stage.INPUT, "the user's message");
        }
    }

    /** {@code hf classifier check output}. */
    public static final class OnOutput extends Check {

        public OnOutput() {
            super("output", Stage.OUTPUT, "the answer");
        }
    }

    /** {@code hf classifier check retrieval}. */
    public static final class OnRetrieval extends Check {

        public OnRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "what was retrieved");
        }
    }
}
