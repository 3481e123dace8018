package dev.guardrails4j.server.http;

import dev.guardrails4j.api.ToolCall;
import dev.guardrails4j.testkit.ScriptedUpstream;
import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.nio.file.Path;

/** The model and the configurations that tests of clients talk to: it has one tool, a memory for names and a temper. */
final class ClientsModel {

    private ClientsModel() {}

    static ScriptedUpstream start() {
        return ScriptedUpstream.start().respond(ClientsModel::answer);
    }

    /**
     * {@link ConfigRoot#standard}, {@code streamed}, which checks answers in streams, and {@code tools}, which checks calls
     * of tools.
     */
    static ConfigRoot configurations(Path folder, ScriptedUpstream model) {
        String models = ConfigRoot.models(model.baseUrl());
        return ConfigRoot.standard(folder, model.baseUrl())
                .config(
                        "streamed",
                        models
                                + ConfigRoot.SELF_CHECKS.replace(
                                        "output: {", "output: {streaming: {enabled: true, chunk_size: 2}, "))
                .config("tools", models + "rails: {tool_output: {flows: [tool call validation]}}\n");
    }

    private static Response answer(Received request) {
        String body = request.body();
        if (request.path().endsWith("/models")) {
            return Response.models("scripted-model");
        }
        if (body.contains("INPUT: ") || body.contains("OUTPUT: ")) {
            return Response.answer(body.contains("evil") ? "Yes" : "No");
        }
        if (body.contains("be busy")) {
            return Response.error(429, "Slow down", "rate_limit_exceeded").header("Retry-After", "7");
        }
        if (body.contains("\"role\":\"tool\"")) {
            return Response.answer(body.contains("sunny in Rome") ? "It is sunny in Rome." : "I do not know.");
        }
        if (body.contains("\"tools\"")) {
            return Response.toolCalls(new ToolCall("call_1", "weather", "{\"city\":\"Rome\"}"));
        }
        if (body.contains("What is my name?")) {
            return Response.answer(body.contains("Ada") ? "Your name is Ada." : "I do not know.");
        }
        return Response.answer(body.contains("provoke") ? "an evil answer" : "Hi there!");
    }
}
