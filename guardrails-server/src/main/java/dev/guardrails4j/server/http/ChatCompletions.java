package dev.guardrails4j.server.http;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.GenerationResult;
import dev.guardrails4j.engine.GenerationResult.Blocked;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.server.http.Admission.Place;
import dev.guardrails4j.server.openai.ChatCompletion;
import dev.guardrails4j.server.openai.ChatCompletionRequest;
import dev.guardrails4j.server.openai.ChunkSeries;
import dev.guardrails4j.server.openai.ErrorBody;
import dev.guardrails4j.server.threads.ChatThreads;
import dev.guardrails4j.server.threads.ChatTurn;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.PythonText;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/chat/completions}, contract "chat server" 1.2 and 1.3. Safe for use by many threads. */
final class ChatCompletions {

    private static final Logger LOG = LoggerFactory.getLogger(ChatCompletions.class);

    private final ChatConfigs configs;
    private final ChatThreads threads;
    private final BodyReader bodies;
    private final Admission admission;
    private final ClientWatch clients;
    private final StreamedCompletion streamed;
    private final Clock clock;

    ChatCompletions(
            ChatConfigs configs,
            ChatThreads threads,
            BodyReader bodies,
            Admission admission,
            ClientWatch clients,
            StreamedCompletion streamed,
            Clock clock) {
        this.configs = configs;
        this.threads = threads;
        this.bodies = bodies;
        this.admission = admission;
        this.clients = clients;
        this.streamed = streamed;
        this.clock = clock;
    }

    /** Serves one request. */
    void serve(Context context) throws IOException {
        TimeLeft time = TimeLeft.of(RequestTimeout.of(context.header(RequestTimeout.HEADER)));
        ChatCompletionRequest request = ChatCompletionRequest.read(bodies.read(context));
        Place place = admission.request(context, time, request.stream());
        try {
            List<String> configIds = configs.ids(request.guardrails(), AccessGate.caller(context));
            AccessLog.note(context, configIds);
            try (Guardrails guardrails = open(configIds, request)) {
                ChatTurn turn = threads.begin(
                        AccessGate.caller(context).threadScope(),
                        request.guardrails().threadId());
                rejectUnsupported(request);
                GenerationRequest generation =
                        turn.continuing(CallersModelAccess.apply(context, request.toGeneration()));
                GenerationRequest asked = time.limit(generation);
                Reckoning reckoning = Reckoning.of(context, asked);
                if (request.stream()) {
                    streamed.serve(
                            context,
                            new ChunkSeries(request.model(), request.includeUsage(), clock.instant()),
                            guardrails.stream(asked),
                            turn,
                            reckoning,
                            block -> refuse(context, block));
                } else {
                    GenerationResult result =
                            clients.whileConnected(context, cancellation -> guardrails.generate(asked, cancellation));
                    reckoning.settle(result);
                    answer(context, request, configIds.get(0), result, turn);
                }
            }
        } finally {
            place.leave();
        }
    }

    private Guardrails open(List<String> configIds, ChatCompletionRequest request) {
        if (!request.model().isEmpty() && request.model().isBlank()) {
            throw RequestException.cannotLoad(configIds);
        }
        try {
            return configs.open(configIds);
        } catch (InvalidConfigIdException e) {
            LOG.debug("Configurations {} are not there: {}", PythonText.list(configIds), e.getMessage());
            throw RequestException.cannotLoad(configIds);
        } catch (RailConfigurationException e) {
            LOG.warn("Configurations {} cannot be used:\n{}", PythonText.list(configIds), e.getMessage());
            throw RequestException.cannotLoad(configIds);
        }
    }

    /** What this version does not do, in the order of contract 1.2. */
    private static void rejectUnsupported(ChatCompletionRequest request) {
        if (request.conversation().messages().isEmpty()) {
            throw RequestException.of(422, "messages must be non-empty");
        }
    }

    private void answer(
            Context context, ChatCompletionRequest request, String configId, GenerationResult result, ChatTurn turn)
            throws IOException {
        Optional<ErrorAnswer> refusal = result.block().flatMap(block -> refuse(context, block));
        if (refusal.isPresent()) {
            refusal.get().send(context);
            return;
        }
        ChatCompletion completion =
                ChatCompletion.of(request, configId, RequestId.of(context), result, clock.instant());
        turn.keep(result, completion.said());
        JsonAnswer.send(context, Json.write(completion));
    }

    /** Tells of a block in the headers; gives the error to answer with, if the configuration wants blocks told so. */
    private Optional<ErrorAnswer> refuse(Context context, Blocked block) {
        ToldBlock.tell(context, block);
        return block.exception()
                .map(exception ->
                        ErrorAnswer.of(400, ErrorBody.blocked(block.flow(), exception, clock.instant()), Map.of()));
    }
}
