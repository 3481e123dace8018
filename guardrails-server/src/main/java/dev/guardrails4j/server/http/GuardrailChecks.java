package dev.guardrails4j.server.http;

import dev.guardrails4j.engine.CheckResult;
import dev.guardrails4j.engine.GenerationRequest;
import dev.guardrails4j.engine.Guardrails;
import dev.guardrails4j.engine.RailUnavailableException;
import dev.guardrails4j.server.checks.GuardrailCheckAnswer;
import dev.guardrails4j.server.checks.GuardrailCheckRequest;
import dev.guardrails4j.server.http.Admission.Place;
import dev.guardrails4j.server.wire.Json;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;

/**
 * The guardrail check request, contract "checks" A: {@code POST /apis/guardrails/v2/workspaces/{workspace}/checks} and its
 * older paths. Safe for use by many threads.
 */
final class GuardrailChecks {

    /** Where the platform serves it, and the platform's service. */
    static final List<String> PLATFORM_PATHS = List.of(
            "/apis/guardrails/v2/workspaces/{workspace}/checks",
            "/v2/workspaces/{workspace}/checks",
            "/v2/workspaces/{workspace}/guardrail/checks");

    /** Where the older microservice serves it, and another server something else: see {@link ChecksDialect}. */
    static final String MICROSERVICE_PATH = "/v1/guardrail/checks";

    private final MicroserviceConfigs configs;
    private final BodyReader bodies;
    private final Admission admission;
    private final ClientWatch clients;

    GuardrailChecks(MicroserviceConfigs configs, BodyReader bodies, Admission admission, ClientWatch clients) {
        this.configs = configs;
        this.bodies = bodies;
        this.admission = admission;
        this.clients = clients;
    }

    /** Serves one request. */
    void serve(Context context) throws IOException {
        TraceId.assign(context);
        TimeLeft time = TimeLeft.of(RequestTimeout.of(context.header(RequestTimeout.HEADER)));
        GuardrailCheckRequest request = GuardrailCheckRequest.read(bodies.read(context));
        Place place = admission.request(context, time);
        try (Guardrails guardrails = configs.open(context, request.config())) {
            GenerationRequest check = CallersModelAccess.apply(context, request.toGeneration());
            GenerationRequest asked = time.limit(check);
            CheckResult result = clients.whileConnected(context, cancellation -> guardrails.check(asked, cancellation));
            Reckoning.of(context, asked).settle(result);
            JsonAnswer.send(
                    context,
                    Json.writeWithoutNulls(
                            GuardrailCheckAnswer.of(request, guardrails.config(), RequestId.of(context), result)));
        } catch (RailUnavailableException outage) {
            DetailAnswers.railUnavailable(outage, request.hasImages()).send(context);
        } finally {
            place.leave();
        }
    }
}
