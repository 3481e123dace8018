package dev.guardrails4j.rails.contentsafety.pii;

import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.contentsafety.OneStageRail;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rails {@code gliner detect|mask pii on input|output|retrieval}: a GLiNER server finds personal data, which is blocked or
 * masked as {@code [LABEL]}. Contract "config and rails" 4.7.
 */
public final class GlinerRails {

    private GlinerRails() {}

    /** One of them. */
    private abstract static class Find extends OneStageRail {

        private Find(String name, Stage stage, String description) {
            super(name, stage, description, "the server of gliner.server_endpoint");
        }

        @Override
        public final List<Setting> settings() {
            return List.of(GlinerSettings.DESCRIPTION);
        }

        @Override
        public final RailCheck configure(RailSetup setup) {
            GlinerSettings settings = GlinerSettings.read(setup);
            EndpointAddress address = GlinerSettings.address(setup);
            GlinerProtocol protocol = GlinerProtocol.at(address.uri());
            JsonEndpoint server = setup.endpoint(address);
            return context -> check(server, protocol, settings, context);
        }

        private Verdict check(
                JsonEndpoint server, GlinerProtocol protocol, GlinerSettings settings, RailContext context) {
            String text = context.text();
            if (text.isBlank()) {
                return Verdict.allow();
            }
            List<PersonalData> found = protocol.found(context.post(server, protocol.question(settings, text)), text);
            return found.isEmpty() ? Verdict.allow() : verdict(text, found).with("entities", counts(found));
        }

        abstract Verdict verdict(String text, List<PersonalData> found);

        private static Map<String, Integer> counts(List<PersonalData> found) {
            Map<String, Integer> counts = new TreeMap<>();
            found.forEach(data -> counts.merge(data.label(), 1, Integer::sum));
            return counts;
        }
    }

    /** Blocks. */
    private abstract static class Detect extends Find {

        private Detect(String where, Stage stage, String what) {
            super(
                    "gliner detect pii on " + where,
                    stage,
                    "Blocks " + what + " in which a GLiNER server finds personal data.");
        }

        @Override
        public Refusal refusal() {
            return Refusal.answerUnknown();
        }

        @Override
        Verdict verdict(String text, List<PersonalData> found) {
            return Verdict.block("holds personal data");
        }
    }

    /** Masks. */
    private abstract static class Mask extends Find {

        private Mask(String where, Stage stage, String what) {
            super(
                    "gliner mask pii on " + where,
                    stage,
                    "Masks the personal data that a GLiNER server finds in " + what + ".");
        }

        @Override
        public boolean rewrites() {
            return true;
        }

        @Override
        Verdict verdict(String text, List<PersonalData> found) {
            return Verdict.rewrite(Masked.text(text, found));
        }
    }

    /** {@code gliner detect pii on input}. */
    public static final class DetectOnInput extends Detect {

        public DetectOnInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code gliner detect pii on output}. */
    public static final class DetectOnOutput extends Detect {

        public DetectOnOutput() {
            super("output", Stage.OUTPUT, "an answer");
        }
    }

    /** {@code gliner detect pii on retrieval}. */
    public static final class DetectOnRetrieval extends Detect {

        public DetectOnRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "what was retrieved");
        }
    }

    /** {@code gliner mask pii on input}. */
    public static final class MaskOnInput extends Mask {

        public MaskOnInput() {
            super("input", Stage.INPUT, "a user's message");
        }
    }

    /** {@code gliner mask pii on output}. */
    public static final class MaskOnOutput extends Mask {

        public MaskOnOutput() {
            super("output", Stage.OUTPUT, "an answer");
        }
    }

    /** {@code gliner mask pii on retrieval}. */
    public static final class MaskOnRetrieval extends Mask {

        public MaskOnRetrieval() {
            super("retrieval", Stage.RETRIEVAL, "what was retrieved");
        }
    }
}
