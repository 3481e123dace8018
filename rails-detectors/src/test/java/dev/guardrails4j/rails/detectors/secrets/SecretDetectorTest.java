package dev.guardrails4j.rails.detectors.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.guardrails4j.rails.detectors.text.CountedText;
import dev.guardrails4j.rails.detectors.text.Finding;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets are put together here: in one piece they would be found in this file, by others, too. */
@DisplayName("secrets")
class SecretDetectorTest {

    private static final String RANDOM = "q7Zk3Xv9Lm2Np8Rt5Wy1Bc6Df4Gh0Js";

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
        AWS_ACCESS_KEY | AKIA + 2QJXR7KZ5WMN4TPB
        GITHUB_TOKEN | ghp_ + q7Zk3Xv9Lm2Np8Rt5Wy1Bc6Df4Gh0JsAbCd9
        GITLAB_TOKEN | glpat- + q7Zk3Xv9Lm2Np8Rt5Wy1
        SLACK_TOKEN | xoxb- + 2847561930-q7Zk3Xv9Lm2Np8
        OPENAI_KEY | sk-proj- + q7Zk3Xv9Lm2Np8Rt5Wy1_-Bc6Df4
        ANTHROPIC_KEY | sk-ant- + api03-q7Zk3Xv9Lm2Np8Rt5Wy1Bc6Df4Gh0Js
        GOOGLE_API_KEY | AIza + q7Zk3Xv9Lm2Np8Rt5Wy1Bc6Df4Gh0JsAb-_
        STRIPE_KEY | sk_live_ + q7Zk3Xv9Lm2Np8Rt5Wy1
        SENDGRID_KEY | SG. + q7Zk3Xv9Lm2Np8Rt5Wy1Bc.q7Zk3Xv9Lm2Np8Rt5Wy1Bc6Df4Gh0JsAbCd
        NPM_TOKEN | npm_ + q7Zk3Xv9Lm2Np8Rt5Wy1Bc6Df4Gh0JsAbCd9
        HUGGINGFACE_TOKEN | hf_ + qwZkaXvbLmcNpdRteWyfBcgDfhGhiJsjkl
        """)
    void findsKeysByTheirPrefix(String type, String parts) throws Exception {
        String secret = parts.replace(" + ", "");
        String text = "use " + secret + ", please";

        assertThat(find(text)).containsExactly(new Finding(type, 4, 4 + secret.length(), 1));
        assertThat(find("x" + secret)).isEmpty();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        CONNECTION_STRING | postgres://app:[s3cr3tPa55]@db.example.com/x
        CONNECTION_STRING | redis://:[s3cr3tPa55]@10.0.0.1:6379
        AZURE_KEY | AccountName=a;AccountKey=[q7Zk3Xv9Lm2Np8Rt5Wy1Bc6Df4Gh0Jsq7Zk3Xv9Lm2N];x
        AUTHORIZATION | Authorization: Bearer [q7Zk3Xv9Lm2Np8Rt5Wy1]
        AUTHORIZATION | "authorization": "Basic [cTdaazNYdjlMbTJOcDg=]"
        ASSIGNED_SECRET | api_key = "[q7Zk3Xv9Lm2Np8Rt]"
        ASSIGNED_SECRET | DEPLOY_TOKEN=[q7Zk3Xv9Lm2Np8Rt]
        ASSIGNED_SECRET | password: '[Sommer2024!]'
        ASSIGNED_SECRET | My password is [Sommer2024!]
        """)
    void findsWhatIsASecretByWhereItStands(String type, String marked) throws Exception {
        int start = marked.indexOf('[');
        int end = marked.indexOf(']') - 1;

        assertThat(find(marked.replace("[", "").replace("]", "")))
                .extracting(Finding::type, Finding::start, Finding::end)
                .containsExactly(tuple(type, start, end));
    }

    @Test
    void findsAPrivateKeyToItsEnd() throws Exception {
        String key = "-----BEGIN RSA PRIVATE " + "KEY-----\n" + (RANDOM + "\n").repeat(20) + "-----END RSA PRIVATE "
                + "KEY-----";

        assertThat(find("a " + key + " b")).containsExactly(new Finding("PRIVATE_KEY", 2, 2 + key.length(), 1));
    }

    @Test
    void findsAPrivateKeyThatIsCutOff() throws Exception {
        String key = "-----BEGIN PRIVATE " + "KEY-----\n" + RANDOM;

        assertThat(find(key)).containsExactly(new Finding("PRIVATE_KEY", 0, key.length(), 1));
    }

    @Test
    void findsWebTokens() throws Exception {
        assertThat(find("eyJhbGciOiJIUzI1NiJ9." + "eyJzdWIiOiIxMjM0NTY3ODkwIn0." + RANDOM))
                .extracting(Finding::type)
                .containsExactly("JWT");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password = getPassword()",
                "String token = request.getHeader(\"X-Token\");",
                "api_key: ${OPENAI_API_KEY}",
                "api_key=os.environ['KEY']",
                "password: string",
                "the secret is patience",
                "My password is wrong and I cannot log in",
                "token = user_session_token_value",
                "secretKey: secretKeyFromSettings",
                "postgres://user:password@localhost/db",
                "https://example.com:8080/@ada",
                "postgres://${USER}:${PASSWORD}@db/x",
                "sk-learn, sk-your-key-here-and-nothing-else",
                "AKIAIOSFODNN7EXAMPLE",
                "commit 3f786850e387550fdab836ed7e6dc881de23001b",
                "id 550e8400-e29b-41d4-a716-446655440000",
                "-----BEGIN CERTIFICATE-----",
                "Authorization: Bearer <token>",
                "Eine Passwortrichtlinie: mindestens 12 Zeichen"
            })
    void leavesAlone(String text) throws Exception {
        assertThat(find(text)).isEmpty();
    }

    @Test
    void looksOnlyForTheWantedKindsAndLeavesOutWhatIsAllowed() throws Exception {
        String key = "gl" + "pat-q7Zk3Xv9Lm2Np8Rt5Wy1";

        assertThat(new SecretDetector(Set.of("GITHUB_TOKEN"), Set.of()).find(key))
                .isEmpty();
        assertThat(new SecretDetector(Set.of("GITLAB_TOKEN"), Set.of(key)).find(key))
                .isEmpty();
        assertThat(new SecretDetector(Set.of("GITLAB_TOKEN"), Set.of()).find(key))
                .hasSize(1);
    }

    /** What every format begins with, apart from each other by nothing, by what tokens hold, and by blanks. */
    static Stream<String> partsToRepeat() {
        Stream<String> anchors = SecretFormats.all().stream().flatMap(format -> format.anchors().stream());
        Stream<String> others = Stream.of(
                "-----BEGIN PRIVATE KEY-----",
                "-----BEGIN PRIVATE KEY-----" + "x".repeat(9_000),
                "eyJ" + "a".repeat(3_000) + ".",
                "eyJaaaaaaaa.eyJ" + "a".repeat(3_000),
                "://a:",
                "://" + "a".repeat(100) + ":" + "b".repeat(190),
                "Authorization: Bearer " + "a".repeat(1_000),
                "password=",
                "password = \"",
                "pwd:",
                "token=",
                "token token=\"" + "a1".repeat(140),
                "a",
                "1");
        return Stream.concat(anchors, others).flatMap(part -> Stream.of(part, part + "-", part + "-a1", part + " "));
    }

    @ParameterizedTest
    @MethodSource("partsToRepeat")
    void readsACharacterAFewTimesWhateverTheTextRepeats(String part) throws Exception {
        CountedText text = new CountedText(part.repeat(40_000 / part.length()));

        new SecretDetector(SecretDetector.knownTypes(), Set.of()).find(text.text(), text);

        assertThat(text.read()).hasValueLessThanOrEqualTo(50L * text.length());
    }

    @Test
    void findsAPrivateKeyToItsEndBehindALongText() throws Exception {
        String key = "-----BEGIN RSA PRIVATE " + "KEY-----\n" + RANDOM + "\n-----END RSA PRIVATE " + "KEY-----";
        String before = "word ".repeat(4_000);

        assertThat(find(before + key + " and more"))
                .containsExactly(new Finding("PRIVATE_KEY", before.length(), before.length() + key.length(), 1));
    }

    @Test
    void stopsWhenItIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> find("sk-")).isInstanceOf(InterruptedException.class);
    }

    private static List<Finding> find(String text) throws InterruptedException {
        return new SecretDetector(SecretDetector.knownTypes(), Set.of()).find(text);
    }
}
