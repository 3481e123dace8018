package dev.guardrails4j.rails.detectors.pii;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The kinds of sensitive data that are known, and what finds them. Names are Presidio's. */
final class EntityTypes {

    private static final Pattern NAME = Pattern.compile("[A-Z][A-Z0-9_]{0,63}");

    private static final Map<String, List<CodePattern>> CODES =
            byEntity(List.of(FinancialCodes.all(), AmericanCodes.all(), EuropeanCodes.all(), AsiaPacificCodes.all()));

    private static final Set<String> ADDRESSES = Set.of("IP_ADDRESS", "MAC_ADDRESS");

    private static final Map<String, Function<List<String>, Recognizer>> OTHERS = Map.of(
            "EMAIL_ADDRESS", regions -> new EmailRecognizer(),
            "URL", regions -> new UrlRecognizer(),
            "PHONE_NUMBER", PhoneRecognizer::new,
            "DATE_TIME", regions -> new DateRecognizer(),
            "NRP", regions -> Demonyms.recognizer());

    private EntityTypes() {}

    private static Map<String, List<CodePattern>> byEntity(List<List<CodePattern>> tables) {
        Map<String, List<CodePattern>> byEntity = new TreeMap<>();
        tables.stream()
                .flatMap(List::stream)
                .forEach(pattern -> byEntity.computeIfAbsent(pattern.entity(), it -> new ArrayList<>())
                        .add(pattern));
        return byEntity;
    }

    static boolean isName(String entity) {
        return NAME.matcher(entity).matches();
    }

    /** All that are known, in alphabetical order. */
    static Set<String> all() {
        Set<String> all = new TreeSet<>(CODES.keySet());
        all.addAll(OTHERS.keySet());
        all.addAll(ADDRESSES);
        all.addAll(NameRecognizer.ENTITIES);
        return all;
    }

    /**
     * What finds some of the known kinds, but for names; unknown ones are left out.
     *
     * @param phoneRegions whose phone numbers count without a country code
     */
    static List<Recognizer> recognizers(Collection<String> entities, List<String> phoneRegions) {
        List<Recognizer> recognizers = new ArrayList<>();
        List<CodePattern> codes = new ArrayList<>();
        entities.forEach(entity -> codes.addAll(CODES.getOrDefault(entity, List.of())));
        if (!codes.isEmpty()) {
            recognizers.add(new CodeRecognizer(codes));
        }
        OTHERS.forEach((entity, make) -> {
            if (entities.contains(entity)) {
                recognizers.add(make.apply(phoneRegions));
            }
        });
        if (entities.stream().anyMatch(ADDRESSES::contains)) {
            recognizers.add(new IpAddressRecognizer());
        }
        return recognizers;
    }

    /** What to write instead of a kind that is not known. */
    static String suggestion(String unknown) {
        String upper = unknown.toUpperCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
        List<String> near = all().stream()
                .filter(known -> known.equals(upper)
                        || known.startsWith(upper)
                        || known.endsWith("_" + upper)
                        || upper.startsWith(known))
                .toList();
        return near.isEmpty()
                ? "; known are " + String.join(", ", all())
                : "; did you mean " + String.join(" or ", near) + "?";
    }
}
