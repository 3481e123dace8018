package dev.guardrails4j.testkit;

import dev.guardrails4j.testkit.ScriptedUpstream.Received;
import dev.guardrails4j.testkit.ScriptedUpstream.Response;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/** What requests are answered: by the first rule that matches, else by the script. Safe for use by many threads. */
final class Script {

    private final List<Rule> rules = new CopyOnWriteArrayList<>();
    private volatile Function<Received, Response> script = standard("Scripted answer.");

    void answer(String text) {
        script = standard(text);
    }

    void answerWhen(String bodyContains, String text) {
        rules.add(new Rule(bodyContains, Response.answer(text)));
    }

    void replace(Function<Received, Response> other) {
        script = other;
    }

    Response choose(Received request) {
        for (Rule rule : rules) {
            if (request.body().contains(rule.bodyContains())) {
                return rule.response();
            }
        }
        try {
            return script.apply(request);
        } catch (RuntimeException | AssertionError e) {
            return Response.error(500, "the script failed: " + e, "script_failed");
        }
    }

    private static Function<Received, Response> standard(String text) {
        return request -> {
            String path = request.path().replaceFirst("\\?.*", "");
            if (path.endsWith("/models")) {
                return Response.models("scripted-model");
            }
            return path.endsWith("/chat/completions")
                    ? Response.answer(text)
                    : Response.error(404, "no such path; known are /v1/chat/completions and /v1/models", "not_found");
        };
    }

    private record Rule(String bodyContains, Response response) {}
}
