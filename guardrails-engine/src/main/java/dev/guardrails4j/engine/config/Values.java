package dev.guardrails4j.engine.config;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads nodes as the types that are due. Every method throws an {@link InvalidConfigException} that says where the value
 * is, what was read and what is due, and never shows the value: it may be a secret.
 */
final class Values {

    private static final Pattern DURATION = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?) *(ms|s|m)");

    private static final Duration LONGEST = Duration.ofDays(365);

    private Values() {}

    static String string(ConfigNode node) {
        if (node.value() instanceof String text) {
            return text;
        }
        throw wrongType(node, "a string");
    }

    /** A string that says something, in one line. */
    static String name(ConfigNode node) {
        String text = string(node);
        if (text.isBlank()) {
            throw wrong(node, "must not be blank");
        }
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw wrong(node, "must be one line of text");
        }
        return text;
    }

    static boolean flag(ConfigNode node) {
        if (node.value() instanceof Boolean flag) {
            return flag;
        }
        throw wrongType(node, "true or false");
    }

    static int integer(ConfigNode node) {
        return integer(node, Integer.MIN_VALUE);
    }

    static int integer(ConfigNode node, int least) {
        if (!(node.value() instanceof Number number)) {
            throw wrongType(node, "a whole number");
        }
        BigDecimal exact;
        try {
            exact = new BigDecimal(number.toString());
        } catch (NumberFormatException notFinite) {
            throw wrong(node, "must be a whole number but is not even finite");
        }
        if (number instanceof Double && exact.stripTrailingZeros().scale() > 0) {
            throw wrong(node, "must be a whole number but has a fraction");
        }
        if (exact.compareTo(BigDecimal.valueOf(least)) < 0) {
            throw wrong(node, "must be at least " + least);
        }
        if (exact.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw wrong(node, "must be at most " + Integer.MAX_VALUE);
        }
        return exact.intValue();
    }

    static double number(ConfigNode node) {
        if (!(node.value() instanceof Number number)) {
            throw wrongType(node, "a number");
        }
        if (!Double.isFinite(number.doubleValue())) {
            throw wrong(node, "must be a finite number");
        }
        return number.doubleValue();
    }

    static double number(ConfigNode node, double least, double most) {
        double number = number(node);
        if (number < least || number > most) {
            throw wrong(node, "must be a number from " + plain(least) + " to " + plain(most));
        }
        return number;
    }

    static List<ConfigNode> list(ConfigNode node) {
        if (!node.isList()) {
            throw wrongType(node, "a list");
        }
        return node.items();
    }

    static ConfigNode map(ConfigNode node) {
        if (!node.isMap()) {
            throw wrongType(node, "a map");
        }
        return node;
    }

    static List<String> listOfStrings(ConfigNode node) {
        List<String> strings = new ArrayList<>();
        list(node).forEach(item -> strings.add(string(item)));
        return List.copyOf(strings);
    }

    /** A list of strings, or one string, which is read as a list of one. */
    static List<String> strings(ConfigNode node) {
        if (node.value() instanceof String text) {
            return List.of(text);
        }
        if (!node.isList()) {
            throw wrongType(node, "a string or a list of strings");
        }
        return listOfStrings(node);
    }

    /** A number of seconds, or a number with its unit. */
    static Duration duration(ConfigNode node) {
        BigDecimal seconds;
        if (node.value() instanceof Number) {
            double number = number(node);
            if (number < 0) {
                throw wrong(node, "must not be negative");
            }
            seconds = BigDecimal.valueOf(number);
        } else if (node.value() instanceof String text) {
            seconds = seconds(node, text.strip());
        } else {
            throw wrongType(node, "a length of time such as 250ms, 5s or 2m");
        }
        if (seconds.compareTo(BigDecimal.valueOf(LONGEST.toSeconds())) > 0) {
            throw wrong(node, "must be at most " + LONGEST.toDays() + " days");
        }
        return Duration.ofNanos(seconds.movePointRight(9).longValue());
    }

    /** A {@link #duration} of more than nothing. */
    static Duration positiveDuration(ConfigNode node) {
        Duration duration = duration(node);
        if (duration.isZero()) {
            throw wrong(node, "must be more than nothing");
        }
        return duration;
    }

    private static BigDecimal seconds(ConfigNode node, String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            throw wrong(
                    node,
                    "must be a length of time such as 250ms, 5s or 2m (a plain number counts seconds) but is other"
                            + " text");
        }
        BigDecimal amount = new BigDecimal(matcher.group(1));
        String unit = matcher.group(2);
        if (unit.equals("ms")) {
            return amount.movePointLeft(3);
        }
        return unit.equals("m") ? amount.multiply(BigDecimal.valueOf(60)) : amount;
    }

    /** {@code models[0].engine must be a string but is a number; put it in quotes}, with its place. */
    static InvalidConfigException wrongType(ConfigNode node, String due) {
        return wrong(node, "must be " + due + " but is " + node.kind() + mend(node, due));
    }

    /** {@code models[0].engine is missing; set it to a string}, with the place of the section that lacks it. */
    static InvalidConfigException missing(ConfigNode section, String key, String due) {
        return new InvalidConfigException(
                List.of(Problem.missing(section.location(), section.pathOf(key), "set it to " + due)));
    }

    static InvalidConfigException wrong(ConfigNode node, String problem) {
        return new InvalidConfigException(List.of(Problem.value(node.location(), node.path(), " " + problem)));
    }

    private static String mend(ConfigNode node, String due) {
        if (due.startsWith("a string") && node.value() instanceof Boolean) {
            return "; put it in quotes (without them YAML reads yes, no, on and off as true or false)";
        }
        if (due.startsWith("a string") && node.value() instanceof Number) {
            return "; put it in quotes";
        }
        if (node.value() instanceof String && (due.equals("true or false") || due.endsWith("number"))) {
            return "; write it without quotes";
        }
        return "";
    }

    private static String plain(double number) {
        return BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
    }
}
