package dev.guardrails4j.server.cli;

import java.util.function.Function;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * Reads an option's value. A lambda in place of each of these could not be kept in the start-up cache: none whose type is of
 * classes as old as picocli's can.
 *
 * @param parse throws {@link IllegalArgumentException} with what is wrong with a text
 */
record Parser<T>(Function<String, T> parse) implements ITypeConverter<T> {

    @Override
    public T convert(String text) {
        try {
            return parse.apply(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }
}
