package dev.guardrails4j.engine.plugin;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.testkit.JarBuilder;
import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rails, actions and providers that cannot say what they are. */
class AnswerFaultsTest extends FaultyPluginCase {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "return null;                              | name() is null or blank",
                "return \" \";                             | name() is null or blank",
                "return \"two  blanks\";                   | single blanks",
                "return \"line\\nbreak\";                  | single blanks",
                "return \"x\".repeat(201);                 | at most 200",
                "return \"bad $variant\";                  | '$' begins a parameter",
                "throw new IllegalStateException(\"why\"); | threw java.lang.IllegalStateException: why"
            })
    void refusesARailWithoutAUsableName(String body, String cause) throws IOException {
        String source = JarBuilder.railSource("com.bad.BadRail", "bad", "").replace("return \"bad\";", body);
        writeBesideGoodRail(new JarBuilder().source("com.bad.BadRail", source).service(Rail.class, "com.bad.BadRail"));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: ", cause);
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "Set.of()", "new HashSet<>(Arrays.asList(Stage.INPUT, null))"})
    void refusesARailWithoutStages(String stages) throws IOException {
        String source = JarBuilder.railSource("com.bad.BadRail", "bad", "").replace("EnumSet.of(Stage.INPUT)", stages);
        writeBesideGoodRail(new JarBuilder().source("com.bad.BadRail", source).service(Rail.class, "com.bad.BadRail"));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: stages() is empty or holds null", "at least one stage");
    }

    @Test
    void refusesARailWhoseDescriptionIsNull() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .rail("com.bad.BadRail", "bad", "@Override public String description() { return null; }"));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: description() returns null");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "List<Setting> settings() { return null; }   | settings() is null",
                "List<Setting> settings() { return List.of(Setting.flag(\"on\", \"\")); } | settings() describes 'on'",
                "List<Setting> parameters() { return List.of(Setting.flag(\"on\", \"\")); } | must be a string",
                "List<Setting> parameters() { return Arrays.asList((Setting) null); } | parameters() is null or holds",
                "Disclosure sendsTextTo() { return null; }   | sendsTextTo() returns null",
                "Set<String> readsParts() { return null; }   | readsParts() is null",
                "Refusal refusal() { return null; }          | refusal() returns null"
            })
    void refusesARailThatDescribesItselfWrongly(String method, String cause) throws IOException {
        writeBesideGoodRail(new JarBuilder().rail("com.bad.BadRail", "bad", "@Override public " + method));

        assertThatGoodRailWorks(load(), "com.bad.BadRail: ", cause);
    }

    @Test
    void refusesAnActionWithoutAName() throws IOException {
        writeBesideGoodRail(new JarBuilder()
                .source("com.bad.GoodAction", actionSource().replace("\"good_action\"", "null"))
                .service(Action.class, "com.bad.GoodAction"));

        assertThatGoodRailWorks(load(), "com.bad.GoodAction: name() is null or blank");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "null | engines() is empty",
                "java.util.Set.of() | engines() is empty",
                "java.util.Set.of(\" \") | engines() is null or blank",
                "java.util.Set.of(\"Bedrock\") | use lower case"
            })
    void refusesAProviderWithoutAUsableEngine(String engines, String cause) throws IOException {
        String source = """
            public class BadProvider implements dev.guardrails4j.api.ChatModelProvider {
                @Override public java.util.Set<String> engines() { return %s; }
                @Override public dev.guardrails4j.api.ChatModel connect(dev.guardrails4j.api.ModelSetup setup) {
                    throw new UnsupportedOperationException();
                }
            }
            """.formatted(engines);
        writeBesideGoodRail(new JarBuilder()
                .source("com.bad.BadProvider", source)
                .service(ChatModelProvider.class, "com.bad.BadProvider"));

        assertThatGoodRailWorks(load(), "com.bad.BadProvider: ", cause);
    }
}
