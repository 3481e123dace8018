package dev.guardrails4j.server.cli;

import dev.guardrails4j.api.Disclosure;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.engine.plugin.CataloguedRail;
import dev.guardrails4j.engine.plugin.RailDescription;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * All there is to know of one rail.
 *
 * @param rail which one
 */
record RailCard(CataloguedRail rail) {

    static String stages(RailDescription rail) {
        return rail.stages().stream()
                .map(stage -> stage.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    void print(PrintWriter out) {
        RailDescription said = rail.description();
        out.println(rail.name());
        if (!said.description().isEmpty()) {
            out.println("  " + said.description());
        }
        out.println();
        out.println("  stages         " + stages(said));
        out.println("  rewrites       " + (said.rewrites() ? "yes" : "no"));
        out.println("  jar            " + rail.plugin().name());
        out.println("  sends text to  " + recipients(said.sendsTextTo()));
        print("Parameters of the flow:", "$", said.parameters(), out);
        print("Settings in rails.config:", "", said.settings(), out);
    }

    private static String recipients(Disclosure disclosure) {
        if (!disclosure.isStated()) {
            return "(does not say)";
        }
        return disclosure.recipients().isEmpty() ? "nobody" : String.join(", ", disclosure.recipients());
    }

    private static void print(String title, String prefix, List<Setting> settings, PrintWriter out) {
        if (settings.isEmpty()) {
            return;
        }
        out.println();
        out.println(title);
        List<List<String>> rows = new ArrayList<>();
        settings.forEach(setting -> add("  " + prefix, setting, rows));
        Table.print(rows, out);
    }

    private static void add(String indent, Setting setting, List<List<String>> rows) {
        rows.add(List.of(indent + setting.name(), kind(setting), setting.description()));
        setting.settings().forEach(below -> add(indent + "  ", below, rows));
    }

    /** {@code "whole number, 1 to 10, default 5"}. */
    private static String kind(Setting setting) {
        List<String> parts = new ArrayList<>();
        parts.add(
                switch (setting.type()) {
                    case STRING -> setting.choices().isEmpty() ? "text" : String.join(" | ", setting.choices());
                    case STRINGS -> "texts";
                    case INTEGER -> "whole number";
                    case NUMBER -> "number";
                    case FLAG -> "true | false";
                    case DURATION -> "length of time";
                    case SECTION -> "section";
                    case SECTIONS -> "list of sections";
                    case OPEN_SECTION -> "section of any keys";
                });
        setting.least().ifPresent(least -> parts.add("from " + plain(least)));
        setting.most().ifPresent(most -> parts.add("up to " + plain(most)));
        if (setting.isRequired()) {
            parts.add("required");
        }
        setting.defaultValue().ifPresent(value -> parts.add("default " + value));
        return String.join(", ", parts);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
    }
}
