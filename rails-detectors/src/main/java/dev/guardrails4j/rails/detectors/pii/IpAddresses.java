package dev.guardrails4j.rails.detectors.pii;

import dk.brics.automaton.RegExp;
import dk.brics.automaton.RunAutomaton;
import java.util.ArrayList;
import java.util.List;

/** How IP addresses are written, RFC 3986 3.2.2, as automata: texts may hold a hundred thousand of them. */
final class IpAddresses {

    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final String IN_POINTS = "(" + OCTET + "\\.){3}" + OCTET;
    private static final String GROUP = "[0-9a-fA-F]{1,4}";
    private static final String LAST_TWO_GROUPS = "(" + GROUP + ":" + GROUP + "|" + IN_POINTS + ")";

    private static final RunAutomaton VERSION_4 = automaton(IN_POINTS);
    private static final RunAutomaton VERSION_6 = automaton(String.join("|", inGroups()));

    private IpAddresses() {}

    /** In full, or with a double colon in the place of groups that are zero. */
    private static List<String> inGroups() {
        List<String> forms = new ArrayList<>();
        forms.add("(" + GROUP + ":){6}" + LAST_TWO_GROUPS);
        for (int after = 5; after >= 0; after--) {
            forms.add(upTo(5 - after) + "::(" + GROUP + ":){" + after + "}" + LAST_TWO_GROUPS);
        }
        forms.add(upTo(6) + "::" + GROUP);
        forms.add(upTo(7) + "::");
        return forms;
    }

    private static String upTo(int groups) {
        return groups == 0 ? "" : "((" + GROUP + ":){0," + (groups - 1) + "}" + GROUP + ")?";
    }

    private static RunAutomaton automaton(String regex) {
        return new RunAutomaton(new RegExp(regex, RegExp.NONE).toAutomaton());
    }

    static boolean isVersion4(String address) {
        return VERSION_4.run(address);
    }

    static boolean isVersion6(String address) {
        return VERSION_6.run(address);
    }
}
