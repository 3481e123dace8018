package dev.guardrails4j.rails.detectors.names;

/** What a word is part of. */
public enum NameLabel {
    /** No name. */
    NONE(0),
    /** A person's name. */
    PERSON(1),
    /** A place, or an address. */
    LOCATION(2),
    /** A company or another organisation. */
    ORGANIZATION(3);

    private final int index;

    NameLabel(int index) {
        this.index = index;
    }

    /** Its place in the model's table. */
    public int index() {
        return index;
    }
}
