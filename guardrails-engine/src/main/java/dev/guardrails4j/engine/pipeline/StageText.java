package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Stage;
import java.util.List;

/** What a stage is there for: what the user said, what was retrieved, what the model answered. */
record StageText(Turn turn, Stage stage) implements Subject {

    @Override
    public String text() {
        return turn.text(stage);
    }

    @Override
    public void rewrite(String text) {
        turn.rewrite(stage, text);
    }

    @Override
    public List<ContentPart> parts() {
        return stage == Stage.INPUT ? turn.userParts() : List.of();
    }

    @Override
    public boolean concerns(ConfiguredRail rail) {
        return true;
    }
}
