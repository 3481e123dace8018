package dev.guardrails4j.server.audit;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is written of a decision.
 *
 * @param event {@code "decision"}, or {@code "recovered"} where a line that was cut off was removed
 * @param at when, ISO 8601
 * @param requestId which request; null if it is about none
 * @param who the name of the API key, or the address of who has none
 * @param configs which configurations it was decided by
 * @param stage {@code "input"} and the like
 * @param rail the flow as the configuration spells it; null if there was none to decide
 * @param verdict {@code "passed"}, {@code "rewritten"}, {@code "blocked"}, {@code "failed"} (and so blocked) or {@code
 *     "bypassed"} (failed, and let through all the same)
 * @param input the hash of the last message that the caller sent
 * @param output the hash of what the caller was told; null if that is not known
 * @param bytes how many bytes were removed, where they were
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record AuditEntry(
        @JsonProperty("event") String event,
        @JsonProperty("at") String at,
        @JsonProperty("request_id") @Nullable String requestId,
        @JsonProperty("who") @Nullable String who,
        @JsonProperty("configs") @Nullable List<String> configs,
        @JsonProperty("stage") @Nullable String stage,
        @JsonProperty("rail") @Nullable String rail,
        @JsonProperty("verdict") @Nullable String verdict,
        @JsonProperty("input") @Nullable String input,
        @JsonProperty("output") @Nullable String output,
        @JsonProperty("bytes") @Nullable Long bytes) {

    static AuditEntry recovered(String at, long bytes) {
        return new AuditEntry("recovered", at, null, null, null, null, null, null, null, null, bytes);
    }
}
