package dev.guardrails4j.rails.detectors.pii;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.OneStageRail;
import dev.guardrails4j.rails.detectors.text.Finding;
import dev.guardrails4j.rails.detectors.text.Findings;
import dev.guardrails4j.rails.detectors.text.Placeholders;
import java.util.List;

/**
 * The rails {@code detect sensitive data on ...}, which block, and {@code mask sensitive data on ...}, which put {@code
 * <ENTITY_TYPE>} in the place of what they find. Contract "config and rails" 4.7.
 */
public final class SensitiveDataRails {

    private static final String ENTITIES = "entities";

    private SensitiveDataRails() {}

    /** Blocks. */
    private abstract static class Detection extends OneStageRail {

        private Detection(String where, Stage stage, String what) {
            super("detect sensitive data on " + where, stage, "Blocks " + what + " with sensitive data in it.");
        }

        @Override
        public Refusal refusal() {
            return Refusal.answerUnknown();
        }

        @Override
        public List<Setting> settings() {
            return SensitiveDataSettings.DESCRIPTION;
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            SensitiveDataDetector detector = SensitiveDataSettings.read(setup).detector();
            return context -> check(context, detector);
        }

        private static Verdict check(RailContext context, SensitiveDataDetector detector) throws InterruptedException {
            List<Finding> found =
                    detector.find(context.text(), context.deadline().remaining());
            return found.isEmpty()
                    ? Verdict.allow()
                    : Verdict.block("holds sensitive data").with(ENTITIES, Findings.counts(found));
        }
    }

    /** Masks. */
    private abstract static class Masking extends OneStageRail {

        private Masking(String where, Stage stage, String what) {
            super("mask sensitive data on " + where, stage, "Masks sensitive data in " + what + ".");
        }

        @Override
        public boolean rewrites() {
            return true;
        }

        @Override
        public List<Setting> settings() {
            return SensitiveDataSettings.DESCRIPTION;
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            SensitiveDataSettings settings = SensitiveDataSettings.read(setup);
            return context -> check(context, settings);
        }

        private static Verdict check(RailContext context, SensitiveDataSettings settings) throws InterruptedException {
            String text = context.text();
            List<Finding> found =
                    settings.detector().find(text, context.deadline().remaining());
            if (found.isEmpty()) {
                return Verdict.allow();
            }
            return rewrite(text, found, settings.reversible()).with(ENTITIES, Findings.counts(found));
        }

        private static Verdict.Rewrite rewrite(String text, List<Finding> found, boolean reversible) {
            if (!reversible) {
                return Verdict.rewrite(Findings.replaced(text, found, finding -> "<" + finding.type() + ">"));
            }
            Placeholders placeholders = new Placeholders();
            String masked = Findings.replaced(
                    text,
                    found,
                    finding -> placeholders.of(finding.type(), text.substring(finding.start(), finding.end())));
            return Verdict.rewrite(masked).restoring(placeholders.values());
        }
    }

    /** {@code detect sensitive data on input}. */
    public static final class DetectOnInput extends Detection {
        public DetectOnInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code detect sensitive data on output}. */
    public static final class DetectOnOutput extends Detection {
        public DetectOnOutput() {
            super("output", Stage.OUTPUT, "an answer");
        }
    }

    /** {@code detect sensitive data on retrieval}. */
    public static final class DetectOnRetrieval extends Detection {
        public DetectOnRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "retrieved text");
        }
    }

    /** {@code mask sensitive data on input}. */
    public static final class MaskOnInput extends Masking {
        public MaskOnInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code mask sensitive data on output}. */
    public static final class MaskOnOutput extends Masking {
        public MaskOnOutput() {
            super("output", Stage.OUTPUT, "an answer");
        }
    }

    /** {@code mask sensitive data on retrieval}. */
    public static final class MaskOnRetrieval extends Masking {
        public MaskOnRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "retrieved text");
        }
    }
}
