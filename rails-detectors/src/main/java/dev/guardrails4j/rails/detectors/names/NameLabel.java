package dev.guardrails4j.rails.detectors.names;

/** What a word is part of. */
public enum NameLabel {
    /** No name. */
    NONE,
    /** A person's name. */
    PERSON,
    /** A place, or an address. */
    LOCATION,
    /** A company or another organisation. */
    ORGANIZATION
}
