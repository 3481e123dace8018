package dev.guardrails4j.rails.detectors.tools;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import dev.guardrails4j.rails.detectors.OneStageRail;
import dev.guardrails4j.rails.detectors.SetupSections;
import java.util.List;

/**
 * {@code json schema check output}: blocks an answer that is not JSON, or not what the JSON Schema in {@code json_schema_check}
 * says. A part of a streamed answer is not JSON: the rail is for answers in one piece.
 */
public final class AnswerSchemaRail extends OneStageRail {

    private static final String SECTION = "json_schema_check";
    private static final String SCHEMA = "schema";
    private static final int MAX_SCHEMA_CHARACTERS = 65_536;

    public AnswerSchemaRail() {
        super(
                "json schema check output",
                Stage.OUTPUT,
                "Blocks an answer that is not JSON, or does not fit a JSON Schema.");
    }

    @Override
    public List<Setting> settings() {
        return List.of(SetupSections.describe(
                SECTION,
                "What the answer must look like.",
                stages(),
                Setting.string(SCHEMA, "The JSON Schema, as a text.").required()));
    }

    @Override
    public RailCheck configure(RailSetup setup) {
        ToolSchema schema = schema(setup.settings(SECTION).section("output"));
        return context -> check(context.text(), schema);
    }

    private static ToolSchema schema(Settings settings) {
        String json = settings.string(SCHEMA);
        if (json.length() > MAX_SCHEMA_CHARACTERS) {
            throw settings.error(SCHEMA, "is longer than " + MAX_SCHEMA_CHARACTERS + " characters");
        }
        try {
            return ToolSchema.compile(ToolJson.read(json));
        } catch (JsonProcessingException e) {
            throw settings.error(SCHEMA, "is not JSON; write it as a block of text after 'schema: |'");
        } catch (UnusableSchemaException e) {
            throw settings.error(SCHEMA, String.valueOf(e.getMessage()));
        }
    }

    private static Verdict check(String text, ToolSchema schema) {
        try {
            return schema.problem(ToolJson.arguments(text))
                    .map(problem ->
                            Verdict.block("does not fit the JSON Schema").with("problem", problem))
                    .orElseGet(Verdict::allow);
        } catch (JsonProcessingException e) {
            return Verdict.block("is not JSON, or too large");
        } catch (UnusableSchemaException e) {
            return Verdict.block("cannot be held against the JSON Schema");
        }
    }
}
