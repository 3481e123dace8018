package dev.guardrails4j.engine.prompt;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A template of texts, expressions and conditions, which is nearly every prompt: rendered without an interpreter. */
final class DirectTemplate implements PromptTemplate {

    private static final int EXPECTED_LENGTH = 2_048;

    private final List<Step> steps;

    private DirectTemplate(List<Step> steps) {
        this.steps = steps;
    }

    /** The template compiled; empty if it needs more than is done here. */
    static Optional<PromptTemplate> compile(List<TemplateNode> nodes) {
        return steps(nodes).map(DirectTemplate::new);
    }

    @Override
    public String render(Map<String, ?> variables) {
        BoundedText out = new BoundedText(EXPECTED_LENGTH);
        write(steps, variables, out);
        return out.toString();
    }

    private static void write(List<Step> steps, Map<String, ?> variables, BoundedText out) {
        for (Step step : steps) {
            step.write(variables, out);
        }
    }

    private static Optional<List<Step>> steps(List<TemplateNode> nodes) {
        List<Step> steps = new ArrayList<>();
        for (TemplateNode node : nodes) {
            Optional<Step> step = step(node);
            if (step.isEmpty()) {
                return Optional.empty();
            }
            steps.add(step.get());
        }
        return Optional.of(List.copyOf(steps));
    }

    private static Optional<Step> step(TemplateNode node) {
        if (node instanceof TemplateNode.Text text) {
            return Optional.of((variables, out) -> out.append(text.text()));
        }
        if (node instanceof TemplateNode.Output output) {
            return ExpressionParser.compile(output.expression())
                    .map(expression -> (variables, out) -> ValueText.write(expression.evaluate(variables), out));
        }
        return node instanceof TemplateNode.Conditional conditional ? choice(conditional) : Optional.empty();
    }

    private static Optional<Step> choice(TemplateNode.Conditional conditional) {
        Optional<List<Step>> otherwise = steps(conditional.otherwise());
        List<Branch> branches = new ArrayList<>();
        for (TemplateNode.Branch branch : conditional.branches()) {
            Optional<Expression> condition = ExpressionParser.compile(branch.condition());
            Optional<List<Step>> body = steps(branch.body());
            if (condition.isEmpty() || body.isEmpty()) {
                return Optional.empty();
            }
            branches.add(new Branch(condition.get(), body.get()));
        }
        return otherwise.map(steps -> new Choice(List.copyOf(branches), steps));
    }

    private interface Step {
        void write(Map<String, ?> variables, BoundedText out);
    }

    private record Branch(Expression condition, List<Step> body) {}

    private record Choice(List<Branch> branches, List<Step> otherwise) implements Step {

        @Override
        public void write(Map<String, ?> variables, BoundedText out) {
            for (Branch branch : branches) {
                if (Values.isTrue(branch.condition().evaluate(variables))) {
                    DirectTemplate.write(branch.body(), variables, out);
                    return;
                }
            }
            DirectTemplate.write(otherwise, variables, out);
        }
    }
}
