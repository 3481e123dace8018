package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ModelException;
import dev.guardrails4j.engine.OfferedModel;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads an endpoint's list of models, contract "chat server" 1.6. What an endpoint says is not trusted.
 *
 * @param dialect how the list is written
 * @param owner whose models are that nobody says of
 * @param now when models were made of which it is not said
 */
record ListedModels(ListingDialect dialect, String owner, Instant now) {

    private static final int BAD_GATEWAY = 502;
    private static final int MOST = 10_000;
    private static final long LATEST = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();

    /** @throws ModelException if the answer is not a list of models */
    List<OfferedModel> read(HttpAnswer answer) {
        Map<String, Object> whole = WireJson.object(answer.body())
                .orElseThrow(() -> unreadable("it is not an object of JSON, or is nested too deeply"));
        List<?> entries = whole.get(dialect.listKey()) instanceof List<?> list ? list : List.of();
        if (entries.size() > MOST) {
            throw unreadable("it lists more than " + MOST + " models");
        }
        return entries.stream()
                .filter(Map.class::isInstance)
                .map(entry -> model((Map<?, ?>) entry))
                .toList();
    }

    private OfferedModel model(Map<?, ?> entry) {
        return new OfferedModel(
                text(entry.get(dialect.idKey())).orElse("unknown"),
                created(entry),
                text(entry.get("owned_by")).orElse(dialect.owner.isEmpty() ? owner : dialect.owner));
    }

    private long created(Map<?, ?> entry) {
        Object said = Optional.<Object>ofNullable(entry.get("created")).orElse(entry.get("created_at"));
        Optional<Long> seconds = Optional.empty();
        if (said instanceof Number number && Math.abs(number.doubleValue()) <= LATEST) {
            seconds = Optional.of(number.longValue());
        } else if (said instanceof String text) {
            seconds = time(text).map(Instant::getEpochSecond).filter(time -> Math.abs(time) <= LATEST);
        }
        return seconds.orElse(now.getEpochSecond());
    }

    private static Optional<Instant> time(String text) {
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parseBest(text, Instant::from, LocalDateTime::from);
            return Optional.of(
                    time instanceof LocalDateTime local ? local.toInstant(ZoneOffset.UTC) : Instant.from(time));
        } catch (DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static Optional<String> text(@Nullable Object said) {
        return Optional.ofNullable(said)
                .filter(value -> value instanceof String || value instanceof Number)
                .map(Objects::toString)
                .filter(value -> !value.isBlank());
    }

    private static ModelException unreadable(String why) {
        return ModelException.withMessage("Error fetching models from upstream: the answer cannot be used; " + why)
                .status(BAD_GATEWAY)
                .build();
    }
}
