package dev.guardrails4j.server.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.Json;
import dev.guardrails4j.server.wire.RequestBody;
import dev.guardrails4j.server.wire.RequestException;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("checks-contract 6: errors in one string")
class DetailBodyTest {

    @Test
    void tellsOneViolationWithThePrefix() {
        assertThat(detail(body -> body.at("model").string()))
                .isEqualTo("Validation error at body.model: Field required");
    }

    @Test
    void tellsSeveralViolationsWithoutIt() {
        assertThat(detail(body -> {
                    body.at("model").string();
                    body.at("messages").isList();
                }))
                .isEqualTo("body.model: Field required; body.messages: Field required");
    }

    @Test
    void tellsABrokenRuleAlone() {
        assertThat(detail(body -> {
                    body.at("model").string();
                    body.at("guardrails").rejectRule("Only one of them");
                }))
                .isEqualTo("Validation error at body.guardrails: Only one of them");
    }

    @Test
    void tellsWhereTheJsonBreaksOff() {
        RequestException refusal =
                catchThrowableOfType(RequestException.class, () -> RequestBody.parse(new byte[] {'{', '"'}));

        assertThat(DetailBody.of(refusal).detail())
                .startsWith("Validation error at body.")
                .endsWith("JSON decode error");
    }

    @Test
    void namesPathAndMethodOfWhatIsNotThereOnly() {
        assertThat(json(DetailBody.notFound("gone", "GET", "/v2/x")))
                .isEqualTo("{\"detail\":\"gone\",\"path\":\"/v2/x\",\"method\":\"GET\"}");
        assertThat(json(DetailBody.of("wrong"))).isEqualTo("{\"detail\":\"wrong\"}");
    }

    @Test
    void keepsKeysAndAddressesToItself() {
        assertThat(DetailBody.of("refused sk-abc at http://10.0.0.1/v1").detail())
                .isEqualTo("refused sk-*** at [redacted-url]");
    }

    private static String detail(Consumer<Field> reading) {
        Field body = RequestBody.parse("{}".getBytes(StandardCharsets.UTF_8));
        reading.accept(body);
        RequestException refusal = catchThrowableOfType(
                RequestException.class, () -> body.violations().throwIfAny());
        return DetailBody.of(refusal).detail();
    }

    private static String json(DetailBody body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }
}
