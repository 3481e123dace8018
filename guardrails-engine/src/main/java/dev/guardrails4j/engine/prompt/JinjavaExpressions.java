package dev.guardrails4j.engine.prompt;

import com.hubspot.jinjava.el.ExtendedSyntaxBuilder;
import com.hubspot.jinjava.el.TruthyTypeConverter;
import com.hubspot.jinjava.el.ext.AstRangeBracket;
import com.hubspot.jinjava.el.ext.ExtendedParser;
import com.hubspot.jinjava.el.ext.ExtendedScanner;
import java.util.Map;
import java.util.Set;
import jinjava.de.odysseus.el.ExpressionFactoryImpl;
import jinjava.de.odysseus.el.misc.TypeConverter;
import jinjava.de.odysseus.el.tree.Bindings;
import jinjava.de.odysseus.el.tree.TreeStore;
import jinjava.de.odysseus.el.tree.impl.Builder;
import jinjava.de.odysseus.el.tree.impl.Cache;
import jinjava.de.odysseus.el.tree.impl.Parser;
import jinjava.de.odysseus.el.tree.impl.Scanner;
import jinjava.de.odysseus.el.tree.impl.ast.AstBinary;
import jinjava.de.odysseus.el.tree.impl.ast.AstNode;
import jinjava.de.odysseus.el.tree.impl.ast.AstUnary;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ExpressionFactory;
import org.jspecify.annotations.Nullable;

/** Jinjava's expressions, with Jinja2's truth, equality, {@code and}, {@code not} and way to write values. */
final class JinjavaExpressions {

    private static final int CACHED_EXPRESSIONS = 1_000;

    private static final Map<AstBinary.Operator, AstBinary.Operator> REPLACED = Map.of(
            AstBinary.EQ, new Equality(true),
            AstBinary.NE, new Equality(false),
            AstBinary.AND, new And());

    /** Words of Java's expression language that are names like any other in Jinja2. */
    private static final Set<String> NAMES =
            Set.of("div", "empty", "eq", "ge", "gt", "instanceof", "le", "lt", "mod", "ne");

    private JinjavaExpressions() {}

    static ExpressionFactory newFactory() {
        Builder builder = new Syntax(Builder.Feature.METHOD_INVOCATIONS, Builder.Feature.VARARGS);
        return new ExpressionFactoryImpl(new TreeStore(builder, new Cache(CACHED_EXPRESSIONS)), new Conversion());
    }

    private static final class Syntax extends ExtendedSyntaxBuilder {

        private static final long serialVersionUID = 1L;

        Syntax(Feature... features) {
            super(features);
        }

        @Override
        protected Parser createParser(String expression) {
            return new Grammar(this, expression);
        }
    }

    private static final class Words extends ExtendedScanner {

        Words(String expression) {
            super(expression);
        }

        @Override
        protected @Nullable Token keyword(String word) {
            return NAMES.contains(word) ? null : super.keyword(word);
        }
    }

    /** {@code not} binds looser than comparisons, as in Python. */
    private static final class Grammar extends ExtendedParser {

        Grammar(Builder context, String input) {
            super(context, input);
        }

        @Override
        protected Scanner createScanner(String expression) {
            return new Words(expression);
        }

        @Override
        protected AstNode and(boolean required) throws Scanner.ScanException, ParseException {
            AstNode left = not(required);
            while (left != null && getToken().getSymbol() == Scanner.Symbol.AND) {
                consumeToken();
                left = createAstBinary(left, not(true), AstBinary.AND);
            }
            return left;
        }

        private AstNode not(boolean required) throws Scanner.ScanException, ParseException {
            if (getToken().getSymbol() != Scanner.Symbol.NOT) {
                return eq(required);
            }
            consumeToken();
            return createAstUnary(not(true), AstUnary.NOT);
        }

        @Override
        protected AstBinary createAstBinary(AstNode left, AstNode right, AstBinary.Operator operator) {
            return super.createAstBinary(left, right, REPLACED.getOrDefault(operator, operator));
        }

        @Override
        protected AstRangeBracket createAstRangeBracket(
                AstNode base, AstNode start, AstNode end, boolean isLeftValue, boolean isStrict) {
            return new Slice(base, start, end, isLeftValue, isStrict);
        }
    }

    /** {@code value[start:end]}; Jinjava's fails beyond the ends. */
    private static final class Slice extends AstRangeBracket {

        Slice(AstNode base, AstNode start, AstNode end, boolean isLeftValue, boolean isStrict) {
            super(base, start, end, isLeftValue, isStrict, false);
        }

        @Override
        public @Nullable Object eval(Bindings bindings, ELContext context) {
            Object base = prefix.eval(bindings, context);
            return Values.slice(base, bound(property, bindings, context), bound(rangeMax, bindings, context));
        }

        private static @Nullable Object bound(@Nullable AstNode bound, Bindings bindings, ELContext context) {
            return bound == null ? null : bound.eval(bindings, context);
        }
    }

    private static final class Equality extends AstBinary.SimpleOperator {

        private final boolean isExpected;

        Equality(boolean isExpected) {
            this.isExpected = isExpected;
        }

        @Override
        protected Object apply(TypeConverter converter, @Nullable Object left, @Nullable Object right) {
            return Values.areEqual(left, right) == isExpected;
        }
    }

    /** Gives the operand that decides, not just true or false. */
    private static final class And implements AstBinary.Operator {

        @Override
        public @Nullable Object eval(Bindings bindings, ELContext context, AstNode left, AstNode right) {
            Object value = left.eval(bindings, context);
            return Values.isTrue(value) ? right.eval(bindings, context) : value;
        }
    }

    private static final class Conversion extends TruthyTypeConverter {

        private static final long serialVersionUID = 1L;

        @Override
        protected Boolean coerceToBoolean(@Nullable Object value) {
            return Values.isTrue(value);
        }

        @Override
        protected String coerceToString(@Nullable Object value) {
            return ValueText.of(value);
        }
    }
}
