package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.GenerationResult.Blocked;
import io.javalin.http.Context;

/** Tells of a block in the headers of an answer, DESIGN 5. */
final class ToldBlock {

    private ToldBlock() {}

    static void tell(Context context, Blocked block) {
        context.header("X-Guardrails-Status", "blocked");
        context.header("X-Guardrails-Rail", HeaderText.of(block.flow()));
    }
}
