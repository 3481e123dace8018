package dev.guardrails4j.rails.detectors.yara;

import java.util.List;

/** What must hold for a rule to match. Immutable. */
sealed interface YaraCondition {

    /** Whether it holds, given what was found. */
    boolean holds(Findings findings);

    record Literal(boolean value) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            return value;
        }
    }

    record Not(YaraCondition condition) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            return !condition.holds(findings);
        }
    }

    record And(List<YaraCondition> all) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            return all.stream().allMatch(condition -> condition.holds(findings));
        }
    }

    record Or(List<YaraCondition> any) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            return any.stream().anyMatch(condition -> condition.holds(findings));
        }
    }

    /** {@code $a}. */
    record Found(int string) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            return findings.isFound(string);
        }
    }

    /** {@code $a at 0}. */
    record FoundAt(int string, int offset) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            return findings.regions(string).stream().anyMatch(region -> region.start() == offset);
        }
    }

    /** {@code #a > 3}. */
    record Counted(int string, String comparison, int number) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            int count = findings.regions(string).size();
            return switch (comparison) {
                case "<" -> count < number;
                case "<=" -> count <= number;
                case ">" -> count > number;
                case ">=" -> count >= number;
                case "==" -> count == number;
                default -> count != number;
            };
        }
    }

    /** {@code 2 of ($a*)}: at least so many of these are found. */
    record Of(int least, List<Integer> strings) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            int found = 0;
            for (int i = 0; i < strings.size() && found < least; i++) {
                found += findings.isFound(strings.get(i)) ? 1 : 0;
            }
            return found >= least;
        }
    }

    /** {@code none of them}. */
    record NoneOf(List<Integer> strings) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            return strings.stream().noneMatch(findings::isFound);
        }
    }

    /** The name of an earlier rule. */
    record RuleMatches(int rule) implements YaraCondition {
        @Override
        public boolean holds(Findings findings) {
            return findings.ruleMatches(rule);
        }
    }
}
