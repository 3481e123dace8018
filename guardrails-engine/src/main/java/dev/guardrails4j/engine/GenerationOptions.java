package dev.guardrails4j.engine;

import dev.guardrails4j.api.Stage;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which rails a request wants to run, contract "chat server" 2.
 *
 * @param rails the choice for each stage; a stage that is missing runs all its rails
 * @param dialog whether the main model may be asked; if not, the conversation is only checked
 */
public record GenerationOptions(Map<Stage, RailChoice> rails, boolean dialog) {

    /** Everything on. */
    public static final GenerationOptions ALL = new GenerationOptions(Map.of(), true);

    public GenerationOptions {
        rails = rails.isEmpty() ? Map.of() : Map.copyOf(new EnumMap<>(rails));
    }

    /** Whether a rail is to run at a stage, by its name or its whole flow reference. */
    public boolean wants(Stage stage, String name, String flow) {
        return Optional.ofNullable(rails.get(stage))
                .map(choice -> choice.includes(name) || choice.includes(flow))
                .orElse(true);
    }

    /** Whether no rail at all is to run at a stage. */
    public boolean isOff(Stage stage) {
        return RailChoice.NONE.equals(rails.get(stage));
    }

    /**
     * Which rails of a stage are to run.
     *
     * @param all whether all are
     * @param flows those that are, if not all
     */
    public record RailChoice(boolean all, Set<String> flows) {

        public static final RailChoice ALL = new RailChoice(true, Set.of());
        public static final RailChoice NONE = new RailChoice(false, Set.of());

        public RailChoice {
            flows = Set.copyOf(flows);
        }

        public static RailChoice only(Set<String> flows) {
            return new RailChoice(false, flows);
        }

        boolean includes(String flow) {
            return all || flows.contains(flow);
        }
    }
}
