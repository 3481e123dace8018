package dev.guardrails4j.engine.prompt;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.JinjavaConfig;
import com.hubspot.jinjava.LegacyOverrides;
import com.hubspot.jinjava.el.JinjavaELContext;
import com.hubspot.jinjava.el.JinjavaProcessors;
import com.hubspot.jinjava.interpret.AutoCloseableSupplier.AutoCloseableImpl;
import com.hubspot.jinjava.interpret.Context;
import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.interpret.TemplateError;
import com.hubspot.jinjava.lib.fn.ELFunctionDefinition;
import com.hubspot.jinjava.tree.Node;
import java.util.Map;
import jinjava.de.odysseus.el.tree.TreeBuilderException;
import jinjava.javax.el.ELException;
import jinjava.javax.el.ExpressionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Jinjava, so closed that a template can neither reach Java nor run or grow without limit, and never evaluates what it
 * finds in values. Where Jinjava means something else than Jinja2 (truth, equality, how values are written), Jinja2 wins.
 * Safe for use by many threads; costs some milliseconds to make.
 */
final class JinjavaSandbox {

    /** How many parts of a template may be rendered, rounds of loops included. */
    private static final int MAX_STEPS = 100_000;

    /** The most items that a list or map may get within a template. */
    private static final int MAX_ITEMS = 10_000;

    private final Jinjava jinjava = new Engine(config());

    JinjavaSandbox() {
        Filters.all().forEach(filter -> jinjava.registerFilter(JinjavaAdapters.filter(filter)));
        ValueTests.names().forEach(name -> jinjava.registerExpTest(JinjavaAdapters.test(name)));
        jinjava.registerFunction(new ELFunctionDefinition("", "range", JinjavaAdapters.rangeMethod()));
    }

    private static JinjavaConfig config() {
        LegacyOverrides likeJinja2 = LegacyOverrides.newBuilder()
                .withEvaluateMapKeys(true)
                .withIterateOverMapKeys(true)
                .withUseNaturalOperatorPrecedence(true)
                .withKeepNullableLoopValues(true)
                .build();
        JinjavaProcessors counting = JinjavaProcessors.newBuilder()
                .withNodePreProcessor((node, interpreter) -> countSteps(interpreter, 1))
                .build();
        return JinjavaConfig.newBuilder()
                .withNestedInterpretationEnabled(false)
                .withFailOnUnknownTokens(false)
                .withReadOnlyResolver(true)
                .withElResolver(new JinjavaResolver())
                .withEnableFilterChainOptimization(true)
                .withEnableRecursiveMacroCalls(false)
                .withMaxRenderDepth(1)
                .withMaxOutputSize(BoundedText.MAX_LENGTH)
                .withMaxStringLength(BoundedText.MAX_LENGTH)
                .withMaxListSize(MAX_ITEMS)
                .withMaxMapSize(MAX_ITEMS)
                .withRangeLimit(MAX_ITEMS)
                .withKeepTrailingNewline(true)
                .withLegacyOverrides(likeJinja2)
                .withProcessors(counting)
                .build();
    }

    /** @throws TemplateException if Jinjava does not understand the expression */
    void check(ExpressionSource expression) {
        String source = "#{" + expression.text() + "}";
        try (AutoCloseableImpl<JinjavaInterpreter> current = current(newInterpreter(Map.of()))) {
            JinjavaELContext context = new JinjavaELContext(current.value(), new JinjavaResolver());
            jinjava.getGlobalContext()
                    .getAllFunctions()
                    .forEach(function -> context.setFunction(
                            function.getNamespace(), function.getLocalName(), function.getMethod()));
            jinjava.getExpressionFactory().createValueExpression(context, source, Object.class);
        } catch (TreeBuilderException e) {
            throw expression.error("'" + expression.text() + "' cannot be read: found " + describe(e.getEncountered())
                    + " where there should be " + describe(e.getExpected()));
        } catch (ELException e) {
            throw expression.error("'" + expression.text() + "' cannot be read");
        }
    }

    /** Jinjava's names of symbols in plain words; its expressions end with a bracket that the template does not have. */
    private static String describe(String symbols) {
        if (symbols.contains("<IDENTIFIER>|")) {
            return "a value";
        }
        return symbols.equals("'}'") ? "the end" : symbols;
    }

    /** @throws TemplateException if the template fails or exceeds a limit; says nothing of the values */
    String render(Node root, Map<String, ?> variables) {
        JinjavaInterpreter interpreter = newInterpreter(variables);
        try (AutoCloseableImpl<JinjavaInterpreter> current = current(interpreter)) {
            return current.value().render(root);
        } catch (TemplateException e) {
            throw e;
        } catch (RuntimeException e) {
            throw withoutValues(e, interpreter.getLineNumber());
        }
    }

    /** Jinjava asks its thread for the interpreter at work. */
    private static AutoCloseableImpl<JinjavaInterpreter> current(JinjavaInterpreter interpreter) {
        return JinjavaInterpreter.closeablePushCurrent(interpreter).get();
    }

    /** Jinjava's messages may quote values: only our own ones are passed on. */
    private static TemplateException withoutValues(@Nullable Exception failure, int line) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TemplateException known) {
                return known;
            }
        }
        return new TemplateException(
                Math.max(0, line), "an expression cannot be evaluated with these values, or makes too much of them");
    }

    private Interpreter newInterpreter(Map<String, ?> variables) {
        Context context = new Context(jinjava.getGlobalContextCopy(), variables, Map.of());
        return new Interpreter(jinjava, context);
    }

    /** Counts what a template does, so that it ends. */
    static void countSteps(JinjavaInterpreter interpreter, int steps) {
        if (interpreter instanceof Interpreter counting) {
            counting.count(steps);
        }
    }

    /** One rendering; fails at the first error, where Jinjava would go on and leave a gap. */
    private static final class Interpreter extends JinjavaInterpreter {

        private long steps;

        Interpreter(Jinjava jinjava, Context context) {
            super(jinjava, context, jinjava.getGlobalConfig());
        }

        @Override
        public void addError(@Nullable TemplateError error) {
            throw withoutValues(error == null ? null : error.getException(), getLineNumber());
        }

        void count(int more) {
            steps += more;
            if (steps > MAX_STEPS) {
                throw new TemplateException(
                        getLineNumber(),
                        "the template takes more than " + MAX_STEPS + " steps; are there loops in loops?");
            }
        }
    }

    /** Jinjava with expressions that mean what they mean in Jinja2. */
    private static final class Engine extends Jinjava {

        private final @Nullable ExpressionFactory expressions;

        Engine(JinjavaConfig config) {
            super(config);
            expressions = JinjavaExpressions.newFactory();
        }

        @Override
        public ExpressionFactory getExpressionFactory() {
            return expressions == null ? super.getExpressionFactory() : expressions;
        }
    }
}
