package dev.guardrails4j.engine.prompt;

import com.hubspot.jinjava.interpret.JinjavaInterpreter;
import com.hubspot.jinjava.lib.exptest.ExpTest;
import com.hubspot.jinjava.util.ForLoop;
import java.beans.FeatureDescriptor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import jinjava.javax.el.ELContext;
import jinjava.javax.el.ELResolver;
import org.jspecify.annotations.Nullable;

/**
 * What Jinjava's expressions may reach: the entries of maps and lists, messages, the counters of loops. No property and no
 * method of a Java object is ever looked up by reflection.
 */
final class JinjavaResolver extends ELResolver {

    @Override
    public @Nullable Object getValue(ELContext context, @Nullable Object base, @Nullable Object property) {
        if (base == null || property == null) {
            return null;
        }
        context.setPropertyResolved(true);
        return base instanceof ForLoop loop ? counter(loop, property.toString()) : Values.access(base, property);
    }

    private static @Nullable Object counter(ForLoop loop, String name) {
        return switch (name) {
            case "index" -> loop.getIndex();
            case "index0" -> loop.getIndex0();
            case "revindex" -> loop.getRevindex();
            case "revindex0" -> loop.getRevindex0();
            case "length" -> loop.getLength();
            case "first" -> loop.isFirst();
            case "last" -> loop.isLast();
            default -> null;
        };
    }

    @Override
    public @Nullable Object invoke(
            ELContext context,
            Object base,
            Object method,
            Class<?> @Nullable [] types,
            @Nullable Object @Nullable [] arguments) {
        @Nullable Object[] given = arguments == null ? new Object[0] : arguments;
        context.setPropertyResolved(true);
        if (base instanceof ExpTest test && given.length >= 2 && given[1] instanceof JinjavaInterpreter interpreter) {
            return method.equals("evaluateNegated")
                    ? test.evaluateNegated(given[0], interpreter)
                    : test.evaluate(given[0], interpreter);
        }
        if (base instanceof Map<?, ?> map) {
            return call(map, method.toString(), given);
        }
        throw new TemplateException("method '" + method + "' is not available in templates; use a filter");
    }

    private static @Nullable Object call(Map<?, ?> map, String method, @Nullable Object[] arguments) {
        switch (method) {
            case "items" -> {
                List<Object> items = new ArrayList<>();
                map.forEach((key, value) -> items.add(Arrays.asList(key, value)));
                return items;
            }
            case "keys" -> {
                return new ArrayList<>(map.keySet());
            }
            case "values" -> {
                return new ArrayList<>(map.values());
            }
            case "get" -> {
                Object key = arguments.length > 0 ? arguments[0] : null;
                Object value = key == null ? null : Values.access(map, key);
                return value == null && arguments.length > 1 ? arguments[1] : value;
            }
            default ->
                throw new TemplateException("method '" + method + "' is not available in templates; use a filter");
        }
    }

    @Override
    public @Nullable Class<?> getType(ELContext context, @Nullable Object base, @Nullable Object property) {
        return null;
    }

    @Override
    public void setValue(ELContext context, @Nullable Object base, @Nullable Object property, @Nullable Object value) {
        throw new TemplateException("values cannot be changed in templates");
    }

    @Override
    public boolean isReadOnly(ELContext context, @Nullable Object base, @Nullable Object property) {
        return true;
    }

    @Override
    public Iterator<FeatureDescriptor> getFeatureDescriptors(ELContext context, @Nullable Object base) {
        return Collections.emptyIterator();
    }

    @Override
    public Class<?> getCommonPropertyType(ELContext context, @Nullable Object base) {
        return Object.class;
    }
}
