package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Contract "chat server" 1.1. */
class RedactionTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            key sk-abc-DEF_1.       | key sk-***
            "sk-abc"                | "sk-***"
            nvapi-x and nvapi-y     | nvapi-*** and nvapi-***
            AIzaSyA-1_2             | AIza***
            Bearer abc.def=         | Bearer ***
            BEARER  abc             | BEARER  ***
            at http://u:p@h/x?k=1 . | at [redacted-url] .
            <HTTPS://h>             | <[redacted-url]>
            https://h/sk-abc        | [redacted-url]
            a task-based risk-free  | a task-based risk-free
            the bearer              | the bearer
            ftp://h                 | ftp://h
            """)
    void hidesKeysAndUrlsAndNothingElse(String text, String redacted) {
        assertThat(Redaction.redact(text)).isEqualTo(redacted);
    }
}
