package dev.guardrails4j.rails.detectors.regex;

import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.rails.detectors.OneStageRail;
import java.util.List;

/**
 * The rails {@code regex check ...}, which block what a pattern of the section {@code regex_detection} is found in, and
 * {@code regex redact ...}, which mask it. Contract "config and rails" 4.8.
 */
public final class RegexRails {

    private RegexRails() {}

    /** Blocks. */
    private abstract static class Check extends OneStageRail {

        private final List<Setting> parameters;

        private Check(String where, Stage stage, String what) {
            super("regex check " + where, stage, "Blocks " + what + " that matches a configured pattern.");
            this.parameters = RegexSubject.parameters(stage);
        }

        @Override
        public List<Setting> settings() {
            return RegexSettings.DESCRIPTION;
        }

        @Override
        public List<Setting> parameters() {
            return parameters;
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return RegexCheck.configure(setup);
        }
    }

    /** Masks. */
    private abstract static class Redaction extends OneStageRail {

        private Redaction(String where, Stage stage, String what) {
            super("regex redact " + where, stage, "Masks what matches a configured pattern in " + what + ".");
        }

        @Override
        public boolean rewrites() {
            return true;
        }

        @Override
        public List<Setting> settings() {
            return RegexSettings.DESCRIPTION;
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return RegexRedaction.configure(setup);
        }
    }

    /** {@code regex check input}. */
    public static final class CheckInput extends Check {
        public CheckInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code regex check output}. */
    public static final class CheckOutput extends Check {
        public CheckOutput() {
            super("output", Stage.OUTPUT, "an answer");
        }
    }

    /** {@code regex check retrieval}. */
    public static final class CheckRetrieval extends Check {
        public CheckRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "retrieved text");
        }
    }

    /** {@code regex check tool output}. */
    public static final class CheckToolOutput extends Check {
        public CheckToolOutput() {
            super("tool output", Stage.TOOL_OUTPUT, "the arguments of a tool's call");
        }
    }

    /** {@code regex check tool input}. */
    public static final class CheckToolInput extends Check {
        public CheckToolInput() {
            super("tool input", Stage.TOOL_INPUT, "the result of a tool");
        }
    }

    /** {@code regex redact input}. */
    public static final class RedactInput extends Redaction {
        public RedactInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code regex redact output}. */
    public static final class RedactOutput extends Redaction {
        public RedactOutput() {
            super("output", Stage.OUTPUT, "an answer");
        }
    }

    /** {@code regex redact retrieval}. */
    public static final class RedactRetrieval extends Redaction {
        public RedactRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "retrieved text");
        }
    }

    /** {@code regex redact tool output}. */
    public static final class RedactToolOutput extends Redaction {
        public RedactToolOutput() {
            super("tool output", Stage.TOOL_OUTPUT, "the arguments of a tool's call");
        }
    }

    /** {@code regex redact tool input}. */
    public static final class RedactToolInput extends Redaction {
        public RedactToolInput() {
            super("tool input", Stage.TOOL_INPUT, "the result of a tool");
        }
    }
}
