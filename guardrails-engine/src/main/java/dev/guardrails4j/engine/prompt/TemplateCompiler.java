package dev.guardrails4j.engine.prompt;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compiles templates: directly if they are simple, else with Jinjava, which is made when the first one needs it. */
final class TemplateCompiler {

    private @Nullable JinjavaSandbox sandbox;

    /** @throws TemplateException if the template is not one, or uses what there is not */
    PromptTemplate compile(String template) {
        List<TemplateNode> nodes = TemplateParser.parse(template);
        return DirectTemplate.compile(nodes).orElseGet(() -> JinjavaTemplate.compile(nodes, sandbox()));
    }

    /**
     * Compiles a template that is one expression and gives a list of messages.
     *
     * @throws TemplateException if it is something else
     */
    Expression compileMessageList(String template) {
        List<TemplateNode> nodes = TemplateParser.parse(template.strip());
        Optional<Expression> expression = nodes.size() == 1 && nodes.get(0) instanceof TemplateNode.Output output
                ? ExpressionParser.compile(output.expression())
                : Optional.empty();
        return expression.orElseThrow(() -> new TemplateException(
                1,
                "a message without a role must be one expression that gives a list of messages, such as"
                        + " {{ history | to_chat_messages }}"));
    }

    private JinjavaSandbox sandbox() {
        if (sandbox == null) {
            sandbox = new JinjavaSandbox();
        }
        return sandbox;
    }
}
