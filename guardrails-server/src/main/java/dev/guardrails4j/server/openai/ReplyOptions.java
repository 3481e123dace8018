package dev.guardrails4j.server.openai;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request wants told beside the answer (contract "chat server" 2).
 *
 * @param modelOutput whether the main model's answer as it came from upstream
 * @param variables which context variables
 * @param log which parts of the log
 */
public record ReplyOptions(boolean modelOutput, OutputVariables variables, LogParts log) {

    /** Nothing beside the answer. */
    public static final ReplyOptions NONE = new ReplyOptions(false, OutputVariables.NONE, LogParts.NONE);

    /**
     * Which context variables are told.
     *
     * @param all whether all are
     * @param names those that are, if not all
     */
    public record OutputVariables(boolean all, List<String> names) {

        static final OutputVariables NONE = new OutputVariables(false, List.of());
        static final OutputVariables ALL = new OutputVariables(true, List.of());

        public OutputVariables {
            names = List.copyOf(names);
        }

        /** Those of a context; null if none are told. */
        public @Nullable Map<String, @Nullable Object> of(Map<String, Object> context) {
            if (all) {
                return new LinkedHashMap<>(context);
            }
            if (names.isEmpty()) {
                return null;
            }
            Map<String, @Nullable Object> data = new LinkedHashMap<>();
            names.forEach(name -> data.put(name, context.get(name)));
            return data;
        }
    }

    /** Which parts of the log are told. */
    public record LogParts(boolean activatedRails, boolean modelCalls, boolean internalEvents, boolean colangHistory) {

        static final LogParts NONE = new LogParts(false, false, false, false);

        public boolean isAny() {
            return activatedRails || modelCalls || internalEvents || colangHistory;
        }
    }
}
