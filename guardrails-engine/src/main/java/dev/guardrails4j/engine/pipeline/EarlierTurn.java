package dev.guardrails4j.engine.pipeline;

import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the user said in an earlier turn that the client has sent along. Rails see the conversation as it was then, with what
 * they themselves have made of turns before it. For one thread.
 */
final class EarlierTurn implements Subject {

    private final Turn whole;
    private final UserTurn said;
    private final Verdicts.Remembered verdicts;
    private @Nullable Turn then;

    EarlierTurn(Turn whole, UserTurn said, Verdicts.Remembered verdicts) {
        this.whole = whole;
        this.said = said;
        this.verdicts = verdicts;
    }

    /** Made when the rails come to it: until then those before it may be rewritten. */
    @Override
    public Turn turn() {
        if (then == null) {
            then = whole.upTo(said);
        }
        return then;
    }

    @Override
    public String text() {
        return turn().userText();
    }

    @Override
    public void rewrite(String text) {
        turn().rewrite(Stage.INPUT, text);
        whole.replaceBeginning(turn().messages());
    }

    @Override
    public List<ContentPart> parts() {
        return turn().userParts();
    }

    @Override
    public boolean concerns(ConfiguredRail rail) {
        return true;
    }

    @Override
    public boolean isRemembered() {
        return true;
    }

    @Override
    public Optional<Verdict> known(ConfiguredRail rail) {
        return verdicts.find(rail, text());
    }

    @Override
    public void decided(ConfiguredRail rail, String checked, Verdict verdict) {
        verdicts.keep(rail, checked, verdict);
    }

    @Override
    public Map<String, Object> evidence() {
        return Map.of("message", said.end());
    }
}
