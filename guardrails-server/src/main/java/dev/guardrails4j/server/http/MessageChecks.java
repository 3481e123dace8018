package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.GenerationOptions;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.server.checks.ConfigChoice;
import dev.guardrails4j.server.checks.MessageCheckAnswer;
import dev.guardrails4j.server.checks.MessageCheckRequest;
import dev.guardrails4j.server.checks.MessageCheckRequest.Said;
import dev.guardrails4j.server.checks.MessageCheckTally;
import dev.guardrails4j.server.http.Admission.Place;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code POST /v1/guardrail/checks} as TrustyAI's server answers it, contract "checks" 10: each message is checked on its
 * own, and a check that comes to nothing is told in an answer of status 200. Safe for use by many threads.
 */
final class MessageChecks {

    private static final String INTERNAL = "Internal server error.";

    private final MicroserviceConfigs configs;
    private final BodyReader bodies;
    private final Admission admission;
    private final ClientWatch clients;

    MessageChecks(MicroserviceConfigs configs, BodyReader bodies, Admission admission, ClientWatch clients) {
        this.configs = configs;
        this.bodies = bodies;
        this.admission = admission;
        this.clients = clients;
    }

    /** Takes what is known when a message has been checked. */
    private interface Progress {

        void tell(MessageCheckAnswer soFar) throws IOException;
    }

    /** Serves one request. */
    void serve(Context context) throws IOException {
        TraceId.assign(context);
        TimeLeft time = TimeLeft.of(RequestTimeout.of(context.header(RequestTimeout.HEADER)));
        MessageCheckRequest request = MessageCheckRequest.read(bodies.read(context));
        GenerationRequest asked = CallersModelAccess.apply(context, nothing(request.model()));
        Place place = admission.request(context, time, request.stream());
        try {
            if (request.stream()) {
                JsonLines lines = JsonLines.begin(context);
                lines.send(check(context, request, asked, time, lines::send));
            } else {
                JsonAnswer.send(context, Json.write(check(context, request, asked, time, soFar -> {})));
            }
        } finally {
            place.leave();
        }
    }

    private MessageCheckAnswer check(
            Context context, MessageCheckRequest request, GenerationRequest asked, TimeLeft time, Progress progress)
            throws IOException {
        if (request.messages().isEmpty()) {
            return MessageCheckAnswer.failed("Messages list cannot be empty.");
        }
        if (request.config() instanceof ConfigChoice.Unspecified && !configs.hasDefault()) {
            return MessageCheckAnswer.failed(
                    "No guardrails configuration provided and no default configuration set on server.");
        }
        Guardrails opened;
        try {
            opened = configs.openWithModels(context, request.config());
        } catch (RequestException refused) {
            return MessageCheckAnswer.failed(
                    request.config() instanceof ConfigChoice.Inline
                            ? "Failed to load inline guardrails configuration."
                            : "Could not load guardrails configuration.",
                    DetailAnswers.of(refused).message());
        }
        try (Guardrails guardrails = opened) {
            return check(context, guardrails, request, asked, time, progress);
        }
    }

    private MessageCheckAnswer check(
            Context context,
            Guardrails guardrails,
            MessageCheckRequest request,
            GenerationRequest base,
            TimeLeft time,
            Progress progress)
            throws IOException {
        MessageCheckTally tally = new MessageCheckTally(guardrails.config());
        for (Said said : request.messages()) {
            if (said.message().isEmpty()) {
                return MessageCheckAnswer.failed(
                        INTERNAL,
                        ("Unsupported message role: '%s'."
                                        + " Supported roles are: 'user', 'system', 'assistant', 'tool'.")
                                .formatted(said.role()));
            }
            GenerationRequest asked =
                    time.limit(base.saying(List.of(said.message().get())));
            CheckResult result;
            try {
                result = clients.whileConnected(context, cancellation -> guardrails.check(asked, cancellation));
            } catch (RuntimeException failure) {
                return MessageCheckAnswer.failed(
                        INTERNAL, DetailAnswers.of(failure).message());
            }
            Reckoning.of(context, asked).settle(result);
            tally.add(said, result);
            progress.tell(tally.soFar());
        }
        return tally.done();
    }

    /** What all messages are asked with. */
    private static GenerationRequest nothing(String model) {
        return new GenerationRequest(
                List.of(),
                model.isEmpty() ? Optional.empty() : Optional.of(model),
                Map.of(),
                Map.of(),
                GenerationOptions.ALL,
                Optional.empty());
    }
}
