package dev.guardrails4j.engine.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.guardrails4j.api.ChatResponse;
import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.testkit.Fuzzer;
import dev.guardrails4j.testkit.SeededRandom;
import java.util.List;
import java.util.Optional;
import org.apache.hc.core5.http.message.BasicHttpResponse;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Bodies of answers and of refusals that were damaged by chance. */
@DisplayName("Issue 7: no answer of a model makes its reader fail")
class FuzzedAnswersTest {

    private static final String KEY = "k3y-of-the-operator";

    private static final List<String> SOUND = List.of("""
            {"id": "a", "object": "chat.completion", "model": "m", "choices": [{"index": 0, "finish_reason": "stop",
              "message": {"role": "assistant", "content": "<think>Hm</think>Hi \\ud83d\\ude00", "reasoning_content": "hm",
                "tool_calls": [{"id": "c", "type": "function", "function": {"name": "f", "arguments": "{\\"a\\": 1}"}}]}}],
             "usage": {"prompt_tokens": 2, "completion_tokens": 3, "total_tokens": 5}}
            """, """
            {"choices": [{"message": {"content": [{"type": "text", "text": "x"}, {"type": "thinking", "thinking": [{"text": "y"}]},
              {"type": "image_url", "image_url": {"url": "data:"}}], "refusal": null}}]}
            """, """
            {"error": {"message": "Wrong key k3y-of-the-operator", "type": "invalid_request_error", "param": null, "code": 401}}
            """, """
            {"detail": "Bearer k3y-of-the-operator is wrong", "message": "x", "error": "k3y-of-the-operator"}
            """);

    private static final List<String> TOKENS = List.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "\\ud83d",
            "\\ude00",
            "null",
            "true",
            "-1",
            "0",
            "1e999",
            "-1e-999",
            "NaN",
            "99999999999999999999",
            "{\"a\":",
            "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[",
            "\"content\":null,",
            "\"content\":[1],",
            "\"choices\":[],",
            "\"choices\":[null],",
            "\"message\":[],",
            "\"tool_calls\":[{}],",
            "\"tool_calls\":{},",
            "<think>",
            "</think>",
            "\"error\":\"x\",",
            "\"usage\":[],",
            "\"prompt_tokens\":-5,",
            "\"arguments\":{\"a\":[1,null]},",
            "\uFEFF");

    @Test
    void everyAnswerIsReadOrRefused() {
        AnswerReader reader = new AnswerReader(new RefusalReader(Optional.of(KEY)));
        Fuzzer.check(2_000, FuzzedAnswersTest::body, text -> {
            ChatResponse answer;
            try {
                answer = reader.read(text.getBytes(UTF_8));
            } catch (ModelException refused) {
                assertThat(refused.getMessage())
                        .isNotBlank()
                        .doesNotContain(KEY)
                        .hasSizeLessThan(1_100);
                return;
            }
            assertThat(answer.choices()).isNotEmpty();
            assertThat(answer.usage().totalTokens()).isNotNegative();
        });
    }

    @Test
    void everyRefusalIsTold() {
        RefusalReader reader = new RefusalReader(Optional.of(KEY));
        Fuzzer.check(2_000, FuzzedAnswersTest::body, text -> {
            ModelException refusal = reader.read(
                    new HttpAnswer(401, new BasicHttpResponse(401), text.getBytes(UTF_8)), Optional.empty());

            assertThat(refusal.getMessage()).isNotBlank().doesNotContain(KEY).hasSizeLessThan(1_100);
        });
    }

    @Test
    void tokensThatNoCallCanHaveSpentDoNotOverflowTheirSum() {
        String body =
                "{'choices':[{'message':{'content':'Hi'}}],'usage':{'prompt_tokens':2,'completion_tokens':1e9993}}";

        ChatResponse answer = new AnswerReader(new RefusalReader(Optional.of(KEY)))
                .read(body.replace('\'', '"').getBytes(UTF_8));

        assertThat(answer.usage().totalTokens()).isEqualTo(1_000_000_002);
    }

    private static String body(SeededRandom random) {
        return random.damaged(random.oneOf(SOUND), TOKENS);
    }
}
