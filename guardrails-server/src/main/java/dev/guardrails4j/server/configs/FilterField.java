package dev.guardrails4j.server.configs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.guardrails4j.server.configs.store.ConfigEntry;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a filter may ask of a configuration. */
enum FilterField {
    CREATED_AT,
    DESCRIPTION,
    ENTITY_TYPE,
    ID,
    NAME,
    PROJECT,
    UPDATED_AT,
    WORKSPACE;

    private static final String NAMESPACE = "namespace";

    /** A date, a time with or without a date's zone: {@code 2026-05-01T12:00:00Z}. */
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffsetId()
            .toFormatter(Locale.ROOT);

    static FilterField named(String name) {
        return Arrays.stream(values())
                .filter(field -> field.wireName().equals(name))
                .findFirst()
                .or(() -> name.equals(NAMESPACE) ? Optional.of(WORKSPACE) : Optional.empty())
                .orElseThrow(() -> FilterReader.unknown(
                        "field",
                        name,
                        "fields",
                        Arrays.stream(values()).map(FilterField::wireName).toList()));
    }

    private String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What a configuration has there, spelt so that texts compare as what they stand for. */
    Optional<String> of(ConfigEntry entry) {
        return switch (this) {
            case CREATED_AT -> Optional.of(ConfigDialect.time(entry.createdAt()));
            case DESCRIPTION -> entry.description();
            case ENTITY_TYPE -> Optional.of("guardrail_config");
            case ID -> Optional.of(entry.id());
            case NAME -> Optional.of(entry.reference().name());
            case PROJECT -> Optional.ofNullable(entry.labels().get("project")).map(JsonNode::textValue);
            case UPDATED_AT -> Optional.of(ConfigDialect.time(entry.updatedAt()));
            case WORKSPACE -> Optional.of(entry.reference().workspace());
        };
    }

    /** A value of a filter, spelt as {@link #of} spells it. */
    String value(JsonNode value) {
        if (!value.isTextual()) {
            throw FilterReader.invalid(wireName() + " is compared with texts");
        }
        return this == CREATED_AT || this == UPDATED_AT
                ? ConfigDialect.time(time(value.textValue().strip()))
                : value.textValue();
    }

    private Instant time(String text) {
        try {
            TemporalAccessor time = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            if (time instanceof OffsetDateTime exact) {
                return exact.toInstant();
            }
            LocalDateTime local = time instanceof LocalDate day ? day.atStartOfDay() : LocalDateTime.from(time);
            return local.toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw FilterReader.invalid(wireName() + " is compared with times such as 2026-05-01T12:00:00Z");
        }
    }
}
