package dev.guardrails4j.rails.detectors.yara;

/**
 * A rule.
 *
 * @param name its name
 * @param isPrivate whether it is only there for other rules
 * @param isGlobal whether no rule matches where it does not
 * @param firstString its first string among those of all rules
 * @param endOfStrings the string after its last
 * @param condition when it matches
 */
record YaraRule(
        String name, boolean isPrivate, boolean isGlobal, int firstString, int endOfStrings, YaraCondition condition) {}
