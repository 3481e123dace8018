package dev.guardrails4j.engine.prompt;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.tag.ElseIfTag;
import com.hubspot.jinjava.lib.tag.ElseTag;
import com.hubspot.jinjava.lib.tag.SetTag;
import com.hubspot.jinjava.lib.tag.Tag;
import com.hubspot.jinjava.tree.Node;
import com.hubspot.jinjava.tree.TagNode;
import com.hubspot.jinjava.tree.TextNode;
import com.hubspot.jinjava.tree.output.OutputNode;
import com.hubspot.jinjava.tree.output.RenderedOutputNode;
import com.hubspot.jinjava.tree.parse.DefaultTokenScannerSymbols;
import com.hubspot.jinjava.tree.parse.TagToken;
import com.hubspot.jinjava.tree.parse.TextToken;
import com.hubspot.jinjava.tree.parse.TokenScannerSymbols;
import java.util.List;

/**
 * Builds the tree that Jinjava renders from a template's structure. Jinjava's own reader of templates is not used: its
 * white space rules and its leniency differ from Jinja2's, and it would let through tags that are refused here.
 */
final class JinjavaTree {

    private static final TokenScannerSymbols SYMBOLS = new DefaultTokenScannerSymbols();
    private static final Tag IF = new JinjavaTags.If();
    private static final Tag ELSE_IF = new ElseIfTag();
    private static final Tag ELSE = new ElseTag();
    private static final Tag FOR = new JinjavaTags.For();
    private static final Tag SET = new SetTag();

    private final JinjavaSandbox sandbox;

    JinjavaTree(JinjavaSandbox sandbox) {
        this.sandbox = sandbox;
    }

    /** @throws TemplateException if an expression is none that Jinjava understands */
    Node build(List<TemplateNode> nodes) {
        Node root = new Root();
        addAll(root, nodes);
        return root;
    }

    private void addAll(Node parent, List<TemplateNode> nodes) {
        nodes.forEach(node -> add(parent, node));
    }

    private void add(Node parent, TemplateNode node) {
        if (node instanceof TemplateNode.Text text) {
            attach(parent, new TextNode(new TextToken(text.text(), 1, 1, SYMBOLS)));
        } else if (node instanceof TemplateNode.Output output) {
            attach(parent, new Value(checked(output.expression())));
        } else if (node instanceof TemplateNode.Conditional conditional) {
            addConditional(parent, conditional);
        } else if (node instanceof TemplateNode.Loop loop) {
            String head = String.join(", ", loop.variables()) + " in "
                    + checked(loop.list()).text();
            addAll(attach(parent, tag(FOR, head, loop.list().line())), loop.body());
        } else if (node instanceof TemplateNode.Assignment assignment) {
            String head =
                    assignment.target() + " = " + checked(assignment.value()).text();
            attach(parent, tag(SET, head, assignment.value().line()));
        } else if (node instanceof TemplateNode.BlockAssignment assignment) {
            addAll(attach(parent, tag(SET, assignment.target(), assignment.line())), assignment.body());
        }
    }

    /** Jinjava keeps the branches of a condition side by side, with nodes for the tags between them. */
    private void addConditional(Node parent, TemplateNode.Conditional conditional) {
        Node target = parent;
        for (TemplateNode.Branch branch : conditional.branches()) {
            ExpressionSource condition = checked(branch.condition());
            boolean isFirst = target == parent;
            Node head = attach(target, tag(isFirst ? IF : ELSE_IF, condition.text(), condition.line()));
            target = isFirst ? head : target;
            addAll(target, branch.body());
        }
        if (!conditional.otherwise().isEmpty()) {
            attach(target, tag(ELSE, "", 1));
            addAll(target, conditional.otherwise());
        }
    }

    private ExpressionSource checked(ExpressionSource expression) {
        sandbox.check(expression);
        return expression;
    }

    private static TagNode tag(Tag tag, String head, int line) {
        return new TagNode(tag, new TagToken("{% " + tag.getName() + " " + head + " %}", line, 1, SYMBOLS), SYMBOLS);
    }

    private static Node attach(Node parent, Node child) {
        child.setParent(parent);
        parent.getChildren().add(child);
        return child;
    }

    /** Holds the nodes of a template. */
    private static final class Root extends Node {

        private static final long serialVersionUID = 1L;

        Root() {
            super(new TextToken("", 1, 1, SYMBOLS), 1, 1);
        }

        @Override
        public OutputNode render(JinjavaInterpreter interpreter) {
            throw new UnsupportedOperationException("rendered node by node");
        }

        @Override
        public String getName() {
            return "template";
        }
    }

    /** Writes the value of an expression, and never looks for template code in it. */
    private static final class Value extends Node {

        private static final long serialVersionUID = 1L;

        private final String expression;

        Value(ExpressionSource expression) {
            super(new TextToken("", expression.line(), 1, SYMBOLS), expression.line(), 1);
            this.expression = expression.text();
        }

        @Override
        public OutputNode render(JinjavaInterpreter interpreter) {
            preProcess(interpreter);
            return new RenderedOutputNode(ValueText.of(interpreter.resolveELExpression(expression, getLineNumber())));
        }

        @Override
        public String getName() {
            return "value";
        }
    }
}
