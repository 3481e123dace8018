package dev.guardrails4j.testkit;

import dev.guardrails4j.api.Deadline;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import java.util.Optional;

/** A server of a harness. */
record ScriptedEndpoint(RailHarness harness, EndpointAddress address) implements JsonEndpoint {

    @Override
    public String name() {
        return address.name();
    }

    @Override
    public Object post(Object body, Deadline deadline) {
        harness.endpointQuestions.add(new RailHarness.EndpointQuestion(address, body));
        return Optional.ofNullable(harness.endpoints.get(address.uri()))
                .orElseThrow(() -> new IllegalStateException(
                        "the rail asks " + address.uri() + "; say what it answers with endpoint(...)"))
                .apply(body);
    }
}
