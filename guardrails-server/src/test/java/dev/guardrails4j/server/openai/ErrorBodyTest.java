package dev.guardrails4j.server.openai;

import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.engine.GenerationResult.RailsException;
import dev.guardrails4j.server.wire.Json;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("chat-server-contract 1.1: the error envelope")
class ErrorBodyTest {

    @ParameterizedTest
    @CsvSource({
        "400, invalid_request_error",
        "401, authentication_error",
        "403, permission_error",
        "404, not_found_error",
        "405, api_error",
        "408, api_error",
        "409, api_error",
        "413, api_error",
        "422, invalid_request_error",
        "429, rate_limit_error",
        "500, server_error",
        "502, server_error",
        "503, server_error"
    })
    void tellsTheTypeByTheStatus(int status, String type) {
        assertThat(ErrorBody.of(status, "x", Optional.empty(), Optional.empty())
                        .error()
                        .type())
                .isEqualTo(type);
    }

    @Test
    void alwaysHasAllFourKeys() {
        assertThat(write(ErrorBody.of(404, "Not Found", Optional.empty(), Optional.empty())))
                .isEqualTo(
                        "{\"error\":{\"message\":\"Not Found\",\"type\":\"not_found_error\",\"param\":null,\"code\":null}}");
        assertThat(write(ErrorBody.of(400, "x", Optional.of("p"), Optional.of("c"))))
                .contains("\"param\":\"p\",\"code\":\"c\"");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "Incorrect API key provided: sk-proj-abc_123. See https://x.test/k?key=1 please."
                        + " | Incorrect API key provided: sk-*** See [redacted-url] please.",
                "nvapi-abc and AIzaSyD-1 | nvapi-*** and AIza***",
                "Authorization: Bearer abc.def | Authorization: Bearer ***",
                "got bearer  xyz | got bearer  ***",
                "key 'sk-1' wrong | key 'sk-***' wrong",
                "the task-force at a desk-top | the task-force at a desk-top",
                "see HTTP://a.test/b | see [redacted-url]"
            },
            delimiter = '|')
    void takesOutKeysAndAddresses(String said, String told) {
        assertThat(ErrorBody.of(500, said, Optional.of(said), Optional.of(said)).error())
                .extracting(ErrorBody.Details::message, ErrorBody.Details::param, ErrorBody.Details::code)
                .containsOnly(told);
    }

    @Test
    void boundsTheMessage() {
        assertThat(ErrorBody.of(500, "x".repeat(1_000_000), Optional.empty(), Optional.empty())
                        .error()
                        .message())
                .hasSizeLessThan(2_100);
    }

    @Test
    @DisplayName("config-and-rails 2.4: a block told as the reference's exception")
    void tellsABlockAsException() {
        ErrorBody body = ErrorBody.blocked(
                "self check input",
                new RailsException("InputRailException", "Input not allowed."),
                Instant.parse("2026-01-02T03:04:05.678901Z"));

        assertThat(write(body))
                .matches("\\{\"error\":\\{\"message\":\"Input not allowed.\",\"type\":\"guardrails_violation\","
                        + "\"param\":\"self check input\",\"code\":\"content_blocked\",\"exception\":"
                        + "\\{\"type\":\"InputRailException\",\"uid\":\"[0-9a-f-]{36}\","
                        + "\"event_created_at\":\"2026-01-02T03:04:05.678901\\+00:00\","
                        + "\"source_uid\":\"NeMoGuardrails\",\"message\":\"Input not allowed.\"}}}");
    }

    private static String write(ErrorBody body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }
}
