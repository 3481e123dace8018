package dev.guardrails4j.engine.prompt;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gives Jinjava our filters, tests and functions, so that they are the same whatever renders a template. */
final class JinjavaAdapters {

    private static final int MAX_RANGE = 10_000;

    private JinjavaAdapters() {}

    static com.hubspot.jinjava.lib.filter.Filter filter(Filter filter) {
        return new FilterAdapter(filter);
    }

    static ExpTest test(String name) {
        return new TestAdapter(name);
    }

    /** {@code range(end)}, {@code range(start, end)}, {@code range(start, end, step)}; Jinjava's is cut off silently. */
    static Method rangeMethod() {
        try {
            Method method = JinjavaAdapters.class.getDeclaredMethod("range", Object[].class);
            method.setAccessible(true);
            return method;
        } catch (NoSuchMethodException e) {
            throw new IllegalStateException(e);
        }
    }

    static List<Long> range(@Nullable Object... arguments) {
        long[] numbers =
                Arrays.stream(arguments).mapToLong(JinjavaAdapters::toLong).toArray();
        if (numbers.length == 0 || numbers.length > 3) {
            throw new TemplateException("range takes (end), (start, end) or (start, end, step)");
        }
        long start = numbers.length == 1 ? 0 : numbers[0];
        long end = numbers.length == 1 ? numbers[0] : numbers[1];
        long step = numbers.length == 3 ? numbers[2] : 1;
        if (step == 0) {
            throw new TemplateException("the step of range must not be 0");
        }
        List<Long> range = new ArrayList<>();
        for (long i = start; step > 0 ? i < end : i > end; i += step) {
            if (range.size() == MAX_RANGE) {
                throw new TemplateException("range gives more than " + MAX_RANGE + " numbers");
            }
            range.add(i);
        }
        return range;
    }

    private static long toLong(@Nullable Object argument) {
        if (argument instanceof Long || argument instanceof Integer) {
            return ((Number) argument).longValue();
        }
        throw new TemplateException("range takes whole numbers");
    }

    private record FilterAdapter(Filter filter) implements com.hubspot.jinjava.lib.filter.Filter {

        @Override
        public String getName() {
            return filter.name();
        }

        @Override
        public @Nullable Object filter(
                @Nullable Object value,
                JinjavaInterpreter interpreter,
                @Nullable Object[] arguments,
                Map<String, @Nullable Object> keywords) {
            return filter.body().apply(value, FilterArguments.of(filter, Arrays.asList(arguments), keywords));
        }

        @Override
        public @Nullable Object filter(@Nullable Object value, JinjavaInterpreter interpreter, String... arguments) {
            return filter.body().apply(value, FilterArguments.of(filter, List.of(arguments), Map.of()));
        }
    }

    private record TestAdapter(String name) implements ExpTest {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public boolean evaluate(@Nullable Object value, JinjavaInterpreter interpreter, Object... arguments) {
            return ValueTests.test(name, value);
        }
    }
}
