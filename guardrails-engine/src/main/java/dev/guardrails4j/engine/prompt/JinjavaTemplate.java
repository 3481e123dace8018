package dev.guardrails4j.engine.prompt;

import com.hubspot.jinjava.tree.Node;
import java.util.List;
import java.util.Map;

/** A template with loops, assignments or arithmetic: rendered by Jinjava, in a sandbox. */
final class JinjavaTemplate implements PromptTemplate {

    private final JinjavaSandbox sandbox;
    private final Node root;

    private JinjavaTemplate(JinjavaSandbox sandbox, Node root) {
        this.sandbox = sandbox;
        this.root = root;
    }

    /** @throws TemplateException if an expression is none that Jinjava understands */
    static PromptTemplate compile(List<TemplateNode> nodes, JinjavaSandbox sandbox) {
        return new JinjavaTemplate(sandbox, new JinjavaTree(sandbox).build(nodes));
    }

    @Override
    public String render(Map<String, ?> variables) {
        return sandbox.render(root, variables);
    }
}
