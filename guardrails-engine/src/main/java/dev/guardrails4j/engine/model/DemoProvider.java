package dev.guardrails4j.engine.model;

import dev.guardrails4j.api.ChatModel;
import dev.guardrails4j.api.ChatModelProvider;
import dev.guardrails4j.api.ModelSetup;
import java.util.Set;

/**
 * Engine {@code demo}: a stand-in for a model, for trying things out with no model at hand. It knows nothing, reaches no
 * network, and always answers the same to the same. <strong>It protects nothing.</strong>
 *
 * <ul>
 *   <li>If the last message contains {@code Yes or No}, in any case, it is taken for the question of a self check whether
 *       a text is to be blocked. The text is what stands between the first and the last double quote of that message, or
 *       the whole message if there are no two. The answer is {@code Yes} if the text contains one of a few phrases of
 *       well-known attacks ({@code ignore all previous instructions}, {@code ignore your instructions}, {@code system
 *       prompt}, {@code how to build a bomb} ...), in any case, else {@code No}.
 *   <li>Otherwise it says that it is the demo model, and repeats the last thing the user said, up to 500 characters.
 * </ul>
 *
 * <p>Its tokens are words; it streams word by word. Parameters are ignored.
 */
public final class DemoProvider implements ChatModelProvider {

    @Override
    public Set<String> engines() {
        return Set.of("demo");
    }

    @Override
    public ChatModel connect(ModelSetup setup) {
        return new DemoModel(setup.model().orElse("demo"));
    }
}
