package dev.guardrails4j.server.openai;

import dev.guardrails4j.api.Stage;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a check request may want checked, contract "chat server" 1.4. */
public enum RailType {
    INPUT(Stage.INPUT),
    OUTPUT(Stage.OUTPUT),
    TOOL_CALL(Stage.TOOL_OUTPUT),
    TOOL_RESULT(Stage.TOOL_INPUT);

    private final Stage stage;

    RailType(Stage stage) {
        this.stage = stage;
    }

    /** Where its rails are. */
    public Stage stage() {
        return stage;
    }

    /** As it is written: {@code "tool_call"}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Optional<RailType> of(String wireName) {
        return Arrays.stream(values())
                .filter(type -> type.wireName().equals(wireName))
                .findFirst();
    }

    static String[] wireNames() {
        return Arrays.stream(values()).map(RailType::wireName).toArray(String[]::new);
    }
}
