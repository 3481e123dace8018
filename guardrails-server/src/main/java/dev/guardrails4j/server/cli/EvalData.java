package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.evaluation.EntityTypes;
import dev.guardrails4j.server.evaluation.Half;
import dev.guardrails4j.server.evaluation.Labels;
import dev.guardrails4j.server.evaluation.LineFormat;
import dev.guardrails4j.server.evaluation.Source;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Option;

/** The options that say what the data of an evaluation is, and what it says. */
final class EvalData {

    @Option(
            names = "--data",
            paramLabel = "FILE",
            required = true,
            description = "A file of labelled texts, one JSON object a line. Can be repeated.")
    private List<ExistingFile> files = new ArrayList<>();

    @Option(
            names = "--text-field",
            paramLabel = "NAME",
            defaultValue = "text",
            description = "The field with the text. Default: ${DEFAULT-VALUE}")
    private String textField = "";

    @Option(
            names = "--label-field",
            paramLabel = "NAME",
            defaultValue = "label",
            description = "The field with the label. Default: ${DEFAULT-VALUE}")
    private String labelField = "";

    @Option(
            names = "--positive",
            paramLabel = "LABEL",
            arity = "1..*",
            description = {
                "Labels of texts that should be caught; all others should pass.",
                "Without it and --negative: all but safe, benign, clean, harmless, none, no, false, 0 and the like."
            })
    private Set<String> positive = new LinkedHashSet<>();

    @Option(
            names = "--negative",
            paramLabel = "LABEL",
            arity = "1..*",
            description =
                    "Labels of texts that should pass. With --positive as well, lines of other labels are left out.")
    private Set<String> negative = new LinkedHashSet<>();

    @Option(
            names = "--half",
            paramLabel = "HALF",
            defaultValue = "all",
            description = {
                "Only part of the texts: 'work' for those whose SHA-256 begins with an even byte, 'report' for the others,"
                        + " or 'all'.",
                "Tune on the one half, measure on the other. Default: ${DEFAULT-VALUE}"
            })
    private Half half = Half.ALL;

    @Option(
            names = "--spans-field",
            paramLabel = "NAME",
            description = {
                "The field with what should be found in a text: a list of {type, start, end}, offsets in characters.",
                "Scores the entities that rails find; a line then needs no label."
            })
    private Optional<String> spansField = Optional.empty();

    @Option(
            names = "--entities",
            paramLabel = "TYPE",
            split = ",",
            description = "Which types of entities are scored, separated by commas. Default: all")
    private Set<String> entities = new LinkedHashSet<>();

    @Option(
            names = "--same-entity",
            paramLabel = "TYPE=TYPE",
            description = "Takes one type of entity for another, in data and findings: STREET_ADDRESS=LOCATION."
                    + " Can be repeated.")
    private Map<String, String> sameEntities = new LinkedHashMap<>();

    Half half() {
        return half;
    }

    LineFormat format() {
        return new LineFormat(
                textField,
                labelField,
                spansField,
                new Labels(positive, negative),
                new EntityTypes(entities, sameEntities));
    }

    /** The files, each with its name as it is best shown. */
    List<Source> sources(Surroundings surroundings) {
        return files.stream()
                .map(ExistingFile::path)
                .map(path -> new Source(path, surroundings.show(path)))
                .toList();
    }

    /** What the data is called. */
    List<String> names(Surroundings surroundings) {
        return files.stream().map(ExistingFile::path).map(EvalData::shortName).toList();
    }

    private static String shortName(Path path) {
        return path.getFileName().toString();
    }
}
