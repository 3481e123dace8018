package dev.guardrails4j.rails.contentsafety.classifier;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import java.util.List;
import java.util.Set;

/**
 * The rails {@code hf classifier check input|output|retrieval $classifier=x}: each asks the classifier x of {@code
 * rails.config.hf_classifier} for the labels of the text, and blocks if one of them is in its {@code blocked_labels}.
 * Contract "config and rails" 4.9.
 */
public final class ClassifierRails {

    private ClassifierRails() {}

    /** One of them. */
    private abstract static class Check implements Rail {

        private final String where;
        private final Stage stage;
        private final String what;

        private Check(String where, Stage stage, String what) {
            this.where = where;
            this.stage = stage;
            this.what = what;
        }

        @Override
        public final String name() {
            return "hf classifier check " + where;
        }

        @Override
        public final Set<Stage> stages() {
            return Set.of(stage);
        }

        @Override
        public final String description() {
            return "Asks a classifier on an inference server for the labels of " + what + ", and blocks some.";
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
        public final Disclosure sendsTextTo() {
            return Disclosure.to("the server of the classifier that $classifier names");
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
