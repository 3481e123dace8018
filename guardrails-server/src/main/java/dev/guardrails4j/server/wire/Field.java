package dev.guardrails4j.server.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A value of a request body that knows where it stands, and reads itself as what it has to be. What it is not, it records
 * in the reference's words, and reads as empty. A null counts as not given, except where it says otherwise.
 */
public final class Field {

    public static final String REQUIRED = "Field required";
    public static final String NOT_A_STRING = "Input should be a valid string";
    public static final String NOT_A_LIST = "Input should be a valid list";
    public static final String NOT_AN_OBJECT = "Input should be a valid dictionary";
    public static final String NOT_A_MODEL = "Input should be a valid dictionary or object to extract fields from";

    /** Names in locations come from the caller. */
    private static final int LONGEST_NAME = 100;

    private final JsonNode node;
    private final @Nullable Field parent;
    private final String name;
    private final Violations violations;

    private Field(JsonNode node, @Nullable Field parent, String name, Violations violations) {
        this.node = node;
        this.parent = parent;
        this.name = name;
        this.violations = violations;
    }

    /** A whole body. */
    public static Field body(JsonNode node, Violations violations) {
        return new Field(node, null, "body", violations);
    }

    /** The value; missing if the body does not have it. */
    public JsonNode node() {
        return node;
    }

    /** Where what is wrong is collected. */
    public Violations violations() {
        return violations;
    }

    /** The member of an object. */
    public Field at(String key) {
        JsonNode member = node.get(key);
        return new Field(member == null ? MissingNode.getInstance() : member, this, key, violations);
    }

    /** The same value, read as one of the alternatives of a union; what is wrong with that is collected apart. */
    public Field as(String alternative, Violations apart) {
        return new Field(node, this, alternative, apart);
    }

    /** The items of a list in their order. */
    public List<Field> items() {
        List<Field> items = new ArrayList<>(node.size());
        for (int index = 0; index < node.size(); index++) {
            items.add(new Field(node.get(index), this, String.valueOf(index), violations));
        }
        return items;
    }

    /** Whether the body does not have it. */
    public boolean isMissing() {
        return node.isMissingNode();
    }

    /** Whether the body has it, and not as null. */
    public boolean isGiven() {
        return !node.isMissingNode() && !node.isNull();
    }

    /** Records that the value has not the shape it has to have. */
    public void reject(String message) {
        violations.add(new Violation(location(), message, false));
    }

    /** Records that the value breaks a rule of the API's own. */
    public void rejectRule(String message) {
        violations.add(new Violation(location(), message, true));
    }

    /** Says that an object has no other members than these. */
    public void forbidOthers(Collection<String> known) {
        node.fieldNames().forEachRemaining(name -> {
            if (!known.contains(name)) {
                at(name).reject("Extra inputs are not permitted");
            }
        });
    }

    /** An object that must be there, itself. */
    public boolean isObject() {
        return is(node.isObject(), NOT_AN_OBJECT);
    }

    /** An object with members of its own kind that must be there, itself. */
    public boolean isModel() {
        return is(node.isObject(), NOT_A_MODEL);
    }

    /** A list that must be there, itself. */
    public boolean isList() {
        return is(node.isArray(), NOT_A_LIST);
    }

    /** A string that must be there. */
    public Optional<String> string() {
        return is(node.isTextual(), NOT_A_STRING) ? Optional.of(node.textValue()) : Optional.empty();
    }

    /** A string, if it is given. */
    public Optional<String> optionalString() {
        return isGiven() ? string() : Optional.empty();
    }

    /** One of these words, which must be there. */
    public Optional<String> oneOf(String... words) {
        if (!isMissing() && node.isTextual() && Arrays.asList(words).contains(node.textValue())) {
            return Optional.of(node.textValue());
        }
        reject(isMissing() ? REQUIRED : "Input should be " + quoted(words));
        return Optional.empty();
    }

    /** A list of strings that must be there. */
    public Optional<List<String>> strings() {
        if (!isList()) {
            return Optional.empty();
        }
        List<String> strings = new ArrayList<>();
        items().forEach(item -> item.string().ifPresent(strings::add));
        return strings.size() == node.size() ? Optional.of(strings) : Optional.empty();
    }

    private boolean is(boolean right, String otherwise) {
        if (!right) {
            reject(isMissing() ? REQUIRED : otherwise);
        }
        return right;
    }

    private static String quoted(String... words) {
        List<String> quoted = Arrays.stream(words).map(word -> "'" + word + "'").toList();
        int last = quoted.size() - 1;
        return last == 0
                ? quoted.get(0)
                : quoted.stream().limit(last).collect(Collectors.joining(", ")) + " or " + quoted.get(last);
    }

    /** {@code "body.messages.0.role"}. */
    private String location() {
        String own = name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME) + "...";
        return parent == null ? own : parent.location() + "." + own;
    }
}
