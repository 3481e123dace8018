package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.List;

/**
 * What the user says now: checked each time, and what is decided remembered for when it is an {@link EarlierTurn}. For one
 * thread.
 */
record NewTurn(Turn turn, Verdicts.Remembered verdicts) implements Subject {

    @Override
    public String text() {
        return turn.userText();
    }

    @Override
    public void rewrite(String text) {
        turn.rewrite(Stage.INPUT, text);
    }

    @Override
    public List<ContentPart> parts() {
        return turn.userParts();
    }

    @Override
    public boolean concerns(ConfiguredRail rail) {
        return true;
    }

    @Override
    public void decided(ConfiguredRail rail, String checked, Verdict verdict) {
        verdicts.keep(rail, checked, verdict);
    }
}
