package dev.guardrails4j.rails.detectors.secrets;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.OneStageRail;
import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.rails.detectors.text.Findings;
import java.util.List;

/**
 * The rails {@code detect secrets on ...}, which block, and {@code mask secrets on ...}, which put {@code <GITHUB_TOKEN>} and
 * the like in the place of what they find.
 */
public final class SecretRails {

    private static final String SECRETS = "secrets";

    private SecretRails() {}

    /** Blocks. */
    private abstract static class Detection extends OneStageRail {

        private Detection(String where, Stage stage, String what) {
            super("detect secrets on " + where, stage, "Blocks " + what + " with keys, tokens or passwords in it.");
        }

        @Override
        public List<Setting> settings() {
            return SecretSettings.DESCRIPTION;
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            SecretDetector detector = SecretSettings.detector(setup);
            return context -> check(context, detector);
        }

        private static Verdict check(RailContext context, SecretDetector detector) throws InterruptedException {
            List<Finding> found = detector.find(context.text());
            return found.isEmpty()
                    ? Verdict.allow()
                    : Verdict.block("holds secrets").with(SECRETS, Findings.counts(found));
        }
    }

    /** Masks. */
    private abstract static class Masking extends OneStageRail {

        private Masking(String where, Stage stage, String what) {
            super("mask secrets on " + where, stage, "Masks keys, tokens and passwords in " + what + ".");
        }

        @Override
        public boolean rewrites() {
            return true;
        }

        @Override
        public List<Setting> settings() {
            return SecretSettings.DESCRIPTION;
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            SecretDetector detector = SecretSettings.detector(setup);
            return context -> check(context, detector);
        }

        private static Verdict check(RailContext context, SecretDetector detector) throws InterruptedException {
            String text = context.text();
            List<Finding> found = detector.find(text);
            return found.isEmpty()
                    ? Verdict.allow()
                    : Verdict.rewrite(Findings.replaced(text, found, finding -> "<" + finding.type() + ">"))
                            .with(SECRETS, Findings.counts(found));
        }
    }

    /** {@code detect secrets on input}. */
    public static final class DetectOnInput extends Detection {
        public DetectOnInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code detect secrets on output}. */
    public static final class DetectOnOutput extends Detection {
        public DetectOnOutput() {
            super("output", Stage.OUTPUT, "an answer");
        }
    }

    /** {@code detect secrets on retrieval}. */
    public static final class DetectOnRetrieval extends Detection {
        public DetectOnRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "retrieved text");
        }
    }

    /** {@code mask secrets on input}. */
    public static final class MaskOnInput extends Masking {
        public MaskOnInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code mask secrets on output}. */
    public static final class MaskOnOutput extends Masking {
        public MaskOnOutput() {
            super("output", Stage.OUTPUT, "an answer");
        }
    }

    /** {@code mask secrets on retrieval}. */
    public static final class MaskOnRetrieval extends Masking {
        public MaskOnRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "retrieved text");
        }
    }
}
