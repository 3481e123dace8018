package dev.guardrails4j.server.configs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("DESIGN 8: secrets in configurations are never shown")
class SecretMaskTest {

    private static JsonNode json(String text) {
        try {
            return new ObjectMapper().readTree(text.replace('\'', '"'));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {'api_key': 'hush'}                              | {'api_key': '**********'}
            {'apiKey': 'hush', 'accessToken': 'hush'}        | {'apiKey': '**********', 'accessToken': '**********'}
            {'API_KEY': 'hush', 'X-Api-Key': 'hush'}         | {'API_KEY': '**********', 'X-Api-Key': '**********'}
            {'client_secret': 'hush', 'password': 12345}     | {'client_secret': '**********', 'password': '**********'}
            {'a': [{'token': 'hush'}]}                       | {'a': [{'token': '**********'}]}
            {'default_headers': {'X-Team': 'hush', 'n': [1]}} | {'default_headers': {'X-Team': '**********', 'n': ['**********']}}
            {'headers': ['Cookie: hush']}                    | {'headers': ['**********']}
            {'credentials': {'user': 'hush'}}                | {'credentials': {'user': '**********'}}
            {'u': 'https://ann:hush@example.com/v1'}         | {'u': 'https://**********@example.com/v1'}
            {'u': 'https://example.com/?a=b&api_key=hush#c'} | {'u': 'https://example.com/?a=b&api_key=**********#c'}
            {'u': 'https://example.com/?sig=hush&a=b'}       | {'u': 'https://example.com/?sig=**********&a=b'}
            """)
    void coversSecrets(String data, String shown) {
        assertThat(SecretMask.over(json(data))).isEqualTo(json(shown));
        assertThat(SecretMask.isIn(json(shown))).isTrue();
        assertThat(SecretMask.isIn(json(data))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'api_key_env_var': 'OPENAI_API_KEY', 'max_tokens': 5, 'monkey': 'ann', 'keyboard': 'qwerty'}",
                "{'password': null, 'token': true}",
                "{'u': 'https://example.com/?api-version=1&keys=2', 'text': 'write to ann:me@example.com about https://a:b@c'}",
                "{'prompt': 'cover it as ********** please', 'n': 1.5}",
            })
    void leavesTheRestAsItIs(String data) {
        assertThat(SecretMask.over(json(data))).isEqualTo(json(data));
        assertThat(SecretMask.isIn(json(data))).isFalse();
    }
}
