package dev.guardrails4j.engine.prompt;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ForTag;
import com.hubspot.jinjava.lib.tag.IfTag;
import com.hubspot.jinjava.tree.TagNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Jinjava's tags, where they differ from Jinja2's. */
final class JinjavaTags {

    private JinjavaTags() {}

    /** Jinjava takes the text "false" for false. */
    static final class If extends IfTag {

        private static final long serialVersionUID = 1L;

        @Override
        public boolean isPositiveIfElseNode(TagNode node, JinjavaInterpreter interpreter) {
            return Values.isTrue(interpreter.resolveELExpression(node.getHelpers(), node.getLineNumber()));
        }
    }

    /** Jinjava goes once over what is not a list, and does not count its rounds. */
    static final class For extends ForTag {

        private static final long serialVersionUID = 1L;

        @Override
        public String renderForCollection(
                TagNode node, JinjavaInterpreter interpreter, List<String> variables, @Nullable Object collection) {
            List<@Nullable Object> items = Values.items(collection);
            JinjavaSandbox.countSteps(interpreter, items.size());
            return super.renderForCollection(node, interpreter, variables, items);
        }
    }
}
