package dev.guardrails4j.server.http;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.engine.config.ModelConfig;
import dev.guardrails4j.server.checks.GuardedAnswer.Occasion;
import dev.guardrails4j.server.checks.GuardedChatRequest;
import dev.guardrails4j.server.checks.ModelFailure;
import dev.guardrails4j.server.http.Admission.Place;
import dev.guardrails4j.server.threads.ChatTurn;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;

/** Guarded completions as the guardrail microservice has them, contract "checks" 9. Safe for use by many threads. */
final class GuardedCompletions {

    private final MicroserviceConfigs configs;
    private final BodyReader bodies;
    private final Admission admission;
    private final ClientWatch clients;
    private final StreamedCompletion streamed;
    private final Clock clock;

    GuardedCompletions(
            MicroserviceConfigs configs,
            BodyReader bodies,
            Admission admission,
            ClientWatch clients,
            StreamedCompletion streamed,
            Clock clock) {
        this.configs = configs;
        this.bodies = bodies;
        this.admission = admission;
        this.clients = clients;
        this.streamed = streamed;
        this.clock = clock;
    }

    /** Serves one request. */
    void serve(Context context, CompletionForm form) throws IOException {
        TraceId.assign(context);
        TimeLeft time = TimeLeft.of(RequestTimeout.of(context.header(RequestTimeout.HEADER)));
        GuardedChatRequest request = form.read(bodies.read(context));
        Place place = admission.request(context, time, request.stream());
        try (Guardrails guardrails = configs.open(context, request.check().config())) {
            GenerationRequest generation = CallersModelAccess.apply(context, request.toGeneration());
            GenerationRequest asked = time.limit(generation);
            try {
                serve(context, form, request, guardrails, asked);
            } catch (ModelException failure) {
                DetailAnswers.modelFailed(failureOf(failure, request, guardrails))
                        .send(context);
            }
        } catch (RailUnavailableException outage) {
            DetailAnswers.railUnavailable(outage, request.check().hasImages()).send(context);
        } finally {
            place.leave();
        }
    }

    private void serve(
            Context context,
            CompletionForm form,
            GuardedChatRequest request,
            Guardrails guardrails,
            GenerationRequest asked)
            throws IOException {
        Reckoning reckoning = Reckoning.of(context, asked);
        if (request.stream()) {
            streamed.serve(
                    context,
                    form.frames(request, clock.instant()),
                    guardrails.stream(asked),
                    ChatTurn.UNKEPT,
                    reckoning,
                    block -> {
                        ToldBlock.tell(context, block);
                        return Optional.empty();
                    });
        } else {
            GenerationResult result =
                    clients.whileConnected(context, cancellation -> guardrails.generate(asked, cancellation));
            reckoning.settle(result);
            answer(context, form, request, result);
        }
    }

    private static ModelFailure failureOf(ModelException failure, GuardedChatRequest request, Guardrails guardrails) {
        Optional<ModelConfig> main = guardrails.config().model("main");
        String asked = request.check().model();
        return ModelFailure.of(
                failure,
                asked.isEmpty() ? main.flatMap(ModelConfig::model).orElse("main") : asked,
                main.map(ModelConfig::engine).orElse("unknown"),
                request.check().hasImages());
    }

    private void answer(Context context, CompletionForm form, GuardedChatRequest request, GenerationResult result)
            throws IOException {
        result.block().ifPresent(block -> ToldBlock.tell(context, block));
        Occasion occasion =
                new Occasion(request, configs.names(request.check().config()), RequestId.of(context), clock.instant());
        JsonAnswer.send(context, Json.writeWithoutNulls(form.answer(occasion, result)));
    }
}
