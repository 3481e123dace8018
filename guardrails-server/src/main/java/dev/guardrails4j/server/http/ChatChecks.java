package dev.guardrails4j.server.http;

import dev.guardrails4j.api.RailConfigurationException;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.CheckResult.Status;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.config.InvalidConfigException;
import dev.guardrails4j.engine.config.InvalidConfigIdException;
import dev.guardrails4j.engine.config.Problem;
import dev.guardrails4j.server.http.Admission.Place;
import dev.guardrails4j.server.openai.ChatCheckAnswer;
import dev.guardrails4j.server.openai.ChatCheckRequest;
import dev.guardrails4j.server.openai.RailType;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.PythonText;
import dev.guardrails4j.server.wire.RequestException;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code POST /v1/checks}, contract "chat server" 1.4. Safe for use by many threads. */
final class ChatChecks {

    private static final Logger LOG = LoggerFactory.getLogger(ChatChecks.class);
    private static final int UNPROCESSABLE = 422;

    private final ChatConfigs configs;
    private final BodyReader bodies;
    private final Admission admission;
    private final ClientWatch clients;

    ChatChecks(ChatConfigs configs, BodyReader bodies, Admission admission, ClientWatch clients) {
        this.configs = configs;
        this.bodies = bodies;
        this.admission = admission;
        this.clients = clients;
    }

    /** Serves one request. */
    void serve(Context context) throws IOException {
        TimeLeft time = TimeLeft.of(RequestTimeout.of(context.header(RequestTimeout.HEADER)));
        ChatCheckRequest request = ChatCheckRequest.read(bodies.read(context));
        if (request.chat().conversation().messages().isEmpty()) {
            throw refused("messages must be non-empty");
        }
        if (request.chat().guardrails().threadId().isPresent()) {
            throw refused("thread_id is not read by a check; send the messages that are to be checked");
        }
        Place place = admission.request(context, time);
        try {
            List<String> ids = configs.ids(request.chat().guardrails(), AccessGate.caller(context));
            AccessLog.note(context, ids);
            try (Guardrails guardrails = open(ids)) {
                requireSomethingToCheck(request, guardrails);
                CheckResult result = clients.whileConnected(
                        context,
                        cancellation -> check(request, guardrails, asked -> {
                            CheckResult checked = guardrails.check(
                                    CallersModelAccess.apply(context, time.limit(asked)), cancellation);
                            Reckoning.of(context, asked).settle(checked);
                            return checked;
                        }));
                JsonAnswer.send(context, Json.writeWithoutNulls(ChatCheckAnswer.of(request, result)));
            }
        } finally {
            place.leave();
        }
    }

    private Guardrails open(List<String> ids) {
        try {
            return configs.open(ids);
        } catch (InvalidConfigIdException e) {
            LOG.debug("Configurations {} are not there: {}", PythonText.list(ids), e.getMessage());
            throw refused(cannotLoad(ids));
        } catch (InvalidConfigException e) {
            LOG.warn("Configurations {} cannot be used:\n{}", PythonText.list(ids), e.getMessage());
            throw refused(e.problems().stream()
                    .filter(Problem::isError)
                    .map(Problem::message)
                    .collect(Collectors.joining("; ", cannotLoad(ids) + ": ", "")));
        } catch (RailConfigurationException e) {
            LOG.warn("Configurations {} cannot be used: {}", PythonText.list(ids), e.getMessage());
            throw refused(cannotLoad(ids));
        }
    }

    private static String cannotLoad(List<String> ids) {
        return String.valueOf(RequestException.cannotLoad(ids).getMessage());
    }

    /** What a request asks for by name has to be possible; nothing is passed because nobody looked. */
    private static void requireSomethingToCheck(ChatCheckRequest request, Guardrails guardrails) {
        if (request.railTypes().isEmpty()) {
            return;
        }
        for (RailType type : RailType.values()) {
            if (request.wants(type) && !hasRails(guardrails, type.stage())) {
                throw refused("Requested rail type '%s' has no configured rails.".formatted(type.wireName()));
            }
        }
        if (request.offersTools() && !request.wants(RailType.TOOL_CALL)) {
            throw refused("tools is read only by a tool_call check");
        }
        if (Arrays.stream(RailType.values()).noneMatch(type -> request.wants(type) && request.has(type))) {
            throw refused("messages have nothing of the requested rail types");
        }
    }

    private static boolean hasRails(Guardrails guardrails, Stage stage) {
        return !guardrails.config().flows().getOrDefault(stage, List.of()).isEmpty();
    }

    private static CheckResult check(
            ChatCheckRequest request, Guardrails guardrails, Function<GenerationRequest, CheckResult> rails) {
        CheckResult result = rails.apply(request.toGeneration());
        if (result.status() == Status.BLOCKED || !hasRails(guardrails, Stage.OUTPUT)) {
            return result;
        }
        // Nobody can be told a change of an answer that others followed: only a block counts.
        return request.earlierAnswer()
                .map(rails)
                .filter(earlier -> earlier.status() == Status.BLOCKED)
                .orElse(result);
    }

    private static RequestException refused(String message) {
        return RequestException.of(UNPROCESSABLE, message);
    }
}
