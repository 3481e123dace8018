package dev.guardrails4j.server.http;

import dev.guardrails4j.api.Message;
import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.engine.trace.GenerationLog;
import dev.guardrails4j.server.audit.AuditLog;
import dev.guardrails4j.server.audit.Decision;
import dev.guardrails4j.server.audit.Occasion;
import io.javalin.config.Key;
import io.javalin.http.Context;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is kept of a request whose rails have decided: the tokens that it spent, and an entry of the audit log for each decision.
 *
 * @param context of the request
 * @param input the last message that the caller sent
 */
record Reckoning(Context context, String input) {

    /** Where decisions are written. */
    static final Key<Optional<AuditLog>> AUDIT = new Key<>("audit");

    /** That of a request before anything is decided. */
    static Reckoning of(Context context, GenerationRequest asked) {
        List<Message> messages = asked.messages();
        return new Reckoning(
                context,
                messages.isEmpty() ? "" : messages.get(messages.size() - 1).text());
    }

    /** To be called before the caller is told. */
    void settle(GenerationResult result) {
        settle(result.log(), result.text());
    }

    /** To be called before the caller is told. */
    void settle(CheckResult result) {
        settle(result.log(), result.text());
    }

    /** The same where a rail has stopped a stream and nothing else is known. */
    void settle(Blocked block) {
        String verdict = block.failure() ? "failed" : "blocked";
        write(
                List.of(new Decision(
                        block.stage().name().toLowerCase(Locale.ROOT), Optional.of(block.flow()), verdict)),
                Optional.empty());
    }

    private void settle(GenerationLog log, String said) {
        AccessGate.spending(context).add(log);
        write(Decision.of(log.activatedRails()), Optional.of(said));
    }

    private void write(List<Decision> decisions, Optional<String> output) {
        context.appData(AUDIT)
                .ifPresent(audit -> audit.write(
                        new Occasion(
                                RequestId.of(context),
                                AccessGate.caller(context)
                                        .name()
                                        .orElseGet(() -> context.req().getRemoteAddr()),
                                AccessLog.noted(context),
                                input,
                                output),
                        decisions));
    }
}
