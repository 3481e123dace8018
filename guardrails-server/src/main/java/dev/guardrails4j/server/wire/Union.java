package dev.guardrails4j.server.wire;

import java.util.List;
import java.util.function.Consumer;

/**
 * A value that may be any of several things. If it is none of them, the reference says of each why not, and names it in the
 * location: contract "checks" 6.2. Immutable.
 *
 * @param alternatives in the order in which they are tried and told
 */
public record Union(List<Alternative> alternatives) {

    /**
     * One of the things a value may be.
     *
     * @param name what stands for it in locations
     * @param check records what is wrong with a value that is not
     */
    public record Alternative(String name, Consumer<Field> check) {

        /** Whether a value is this. */
        public boolean fits(Field field) {
            return violations(field).isEmpty();
        }

        private Violations violations(Field field) {
            Violations own = new Violations();
            check.accept(field.as(name, own));
            return own;
        }
    }

    public Union {
        alternatives = List.copyOf(alternatives);
    }

    public static Union of(Alternative... alternatives) {
        return new Union(List.of(alternatives));
    }

    /** Whether a value is one of the alternatives; if it is none, that is recorded. */
    public boolean check(Field field) {
        Violations all = new Violations();
        for (Alternative alternative : alternatives) {
            Violations own = alternative.violations(field);
            if (own.isEmpty()) {
                return true;
            }
            all.addAll(own);
        }
        field.violations().addAll(all);
        return false;
    }
}
