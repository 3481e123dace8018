package dev.guardrails4j.engine.prompt;

import java.util.List;

/** A part of a template, as its structure shows it, before it is decided what renders it. */
sealed interface TemplateNode {

    /** Written as it stands. */
    record Text(String text) implements TemplateNode {}

    /** <code>{{ ... }}</code>. */
    record Output(ExpressionSource expression) implements TemplateNode {}

    /**
     * <code>{% if %} ... {% elif %} ... {% else %} ... {% endif %}</code>.
     *
     * @param branches at least one; the first whose condition holds is rendered
     * @param otherwise rendered if none holds
     */
    record Conditional(List<Branch> branches, List<TemplateNode> otherwise) implements TemplateNode {}

    /**
     * <code>{% for item in list %} ... {% endfor %}</code>.
     *
     * @param variables the names before {@code in}, at least one
     */
    record Loop(List<String> variables, ExpressionSource list, List<TemplateNode> body) implements TemplateNode {}

    /**
     * <code>{% set name = value %}</code>.
     *
     * @param target a name, or {@code name.attribute} of a namespace
     */
    record Assignment(String target, ExpressionSource value) implements TemplateNode {}

    /** <code>{% set name %} ... {% endset %}</code>. */
    record BlockAssignment(String target, List<TemplateNode> body, int line) implements TemplateNode {}

    /** One branch of a {@link Conditional}. */
    record Branch(ExpressionSource condition, List<TemplateNode> body) {}
}
