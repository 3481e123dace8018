package dev.guardrails4j.server.evaluation;

import java.util.List;
import java.util.Locale;

/**
 * Writes an evaluation as one HTML page: no script, nothing loaded from elsewhere, and a policy that forbids both, since the
 * texts in it are hostile.
 */
public final class HtmlReport {

    private static final String HEAD = """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
            <meta name="referrer" content="no-referrer">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>Guardrails evaluation</title>
            <style>
            :root { color-scheme: light dark; --line: #8886; --good: #1a7f37; --bad: #cf222e; --quiet: #777; }
            body { font: 15px/1.5 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto; padding: 0 1rem; }
            h1 { font-size: 1.6rem; } h2 { font-size: 1.25rem; margin-top: 3rem; border-top: 1px solid var(--line);
              padding-top: 1.5rem; } h3 { font-size: 1rem; margin-top: 1.6rem; }
            table { border-collapse: collapse; margin: .6rem 0; } th, td { padding: .3rem .8rem; text-align: left;
              border-bottom: 1px solid var(--line); vertical-align: top; } th { font-weight: 600; }
            td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
            .good { color: var(--good); } .bad { color: var(--bad); } .quiet { color: var(--quiet); }
            td.text { max-width: 40rem; }
            td.place { width: 10rem; overflow-wrap: anywhere; } pre { white-space: pre-wrap; overflow-wrap: anywhere; margin: 0;
              font: 13px/1.45 ui-monospace, monospace; max-height: 16rem; overflow-y: auto; } i { color: var(--bad); }
            svg { width: 100%; max-width: 38rem; } polyline { fill: none; stroke-width: 2; }
            .recall { stroke: var(--good); } .alarms { stroke: var(--bad); } .grid { stroke: var(--line);
              stroke-width: .5; } .axis { font-size: 11px; fill: currentColor; }
            summary { cursor: pointer; font-weight: 600; margin: .8rem 0; }
            </style>
            </head>
            <body>
            """;

    private final Html html = new Html();

    private HtmlReport() {}

    /**
     * The page.
     *
     * @param configuration what was measured
     * @param data on what
     */
    public static String of(EvaluationFigures figures, String configuration, List<String> data) {
        HtmlReport report = new HtmlReport();
        report.html.raw(HEAD);
        report.overview(figures, configuration, data);
        figures.rails().forEach(report::rail);
        figures.together().ifPresent(report::rail);
        return report.html.raw("</body>\n</html>\n").toString();
    }

    private void overview(EvaluationFigures figures, String configuration, List<String> data) {
        html.raw("<h1>Guardrails evaluation</h1>\n<p>")
                .text("%s on %s: %s texts in %s"
                        .formatted(
                                configuration,
                                String.join(", ", data),
                                Numbers.count(figures.texts()),
                                Numbers.duration(figures.duration())));
        if (figures.skipped() > 0) {
            html.text("; %s lines left out".formatted(Numbers.count(figures.skipped())));
        }
        html.raw(".</p>\n");
        if (figures.bad() > 0) {
            html.raw("<p class=\"bad\">")
                    .text(Numbers.count(figures.bad()) + " lines could not be used. The first:")
                    .raw("</p><ul>");
            figures.badLines().forEach(line -> html.element("li", line.toString()));
            html.raw("</ul>\n");
        }
        html.raw("<table><tr><th>rail</th><th class=n>recall</th><th class=n>false positive rate</th>"
                + "<th class=n>precision</th><th class=n>F1</th><th class=n>p50</th><th class=n>p99</th></tr>\n");
        figures.rails().forEach(this::overviewRow);
        figures.together().ifPresent(this::overviewRow);
        html.raw(
                "</table>\n<p class=quiet>With 95 % confidence intervals (Wilson). A text is caught if the rail blocks or"
                        + " rewrites it.</p>\n");
    }

    private void overviewRow(RailFigures rail) {
        html.raw("<tr><td>").text(name(rail)).raw("</td>");
        for (var estimate : List.of(
                rail.confusion().recall().estimate(),
                rail.confusion().falsePositiveRate().estimate(),
                rail.confusion().precision().estimate(),
                rail.confusion().f1())) {
            html.raw("<td class=n>")
                    .text(Numbers.value(estimate))
                    .raw("<br><span class=quiet>")
                    .text(Numbers.interval(estimate))
                    .raw("</span></td>");
        }
        number(Numbers.duration(rail.latency().p50()));
        number(Numbers.duration(rail.latency().p99()));
        html.raw("</tr>\n");
    }

    private void rail(RailFigures rail) {
        html.element("h2", name(rail));
        confusion(rail.confusion());
        if (rail.failed() > 0) {
            html.raw("<p class=bad>")
                    .text("Could not decide about %s texts, which count nowhere."
                            .formatted(Numbers.count(rail.failed())))
                    .raw("</p>\n");
        }
        Latency latency = rail.latency();
        html.element(
                "p",
                "Latency: p50 %s, p90 %s, p99 %s, max %s."
                        .formatted(
                                Numbers.duration(latency.p50()),
                                Numbers.duration(latency.p90()),
                                Numbers.duration(latency.p99()),
                                Numbers.duration(latency.max())));
        labels(rail.labels());
        curve(rail.curve());
        entities(rail);
        examples("Misses", "should have been caught", rail.confusion().falseNegatives(), rail.misses());
        examples("False alarms", "should have passed", rail.confusion().falsePositives(), rail.falseAlarms());
        examples("Failures", "could not be decided about", rail.failed(), rail.failures());
    }

    private void confusion(Confusion confusion) {
        html.raw(
                "<table><tr><th></th><th class=n>caught</th><th class=n>passed</th></tr>\n<tr><th>should be caught</th>");
        html.raw("<td class=\"n good\">")
                .text(Numbers.count(confusion.truePositives()))
                .raw("</td>");
        html.raw("<td class=\"n bad\">")
                .text(Numbers.count(confusion.falseNegatives()))
                .raw("</td></tr>\n");
        html.raw("<tr><th>should pass</th><td class=\"n bad\">").text(Numbers.count(confusion.falsePositives()));
        html.raw("</td><td class=\"n good\">")
                .text(Numbers.count(confusion.trueNegatives()))
                .raw("</td></tr></table>\n");
    }

    private void labels(List<LabelCount> labels) {
        html.raw(
                "<h3>By label</h3><table><tr><th>label</th><th>should be</th><th class=n>texts</th><th class=n>caught</th>"
                        + "<th class=n>share</th></tr>\n");
        for (LabelCount label : labels) {
            html.raw("<tr><td>").text(label.label()).raw("</td>").element("td", label.positive() ? "caught" : "passed");
            number(Numbers.count(label.caught().total()));
            number(Numbers.count(label.caught().hits()));
            number(Numbers.withInterval(label.caught().estimate()));
            html.raw("</tr>\n");
        }
        html.raw("</table>\n");
    }

    private void curve(List<ThresholdPoint> curve) {
        if (curve.isEmpty()) {
            return;
        }
        html.raw(
                "<h3>At other thresholds</h3>\n<p><span class=good>recall</span>, <span class=bad>false positive rate</span>"
                        + " if every text with at least that score were caught</p>\n");
        html.raw(CurveChart.of(curve));
        html.raw(
                "<table><tr><th class=n>threshold</th><th class=n>recall</th><th class=n>false positive rate</th></tr>\n");
        for (int step = 1; step < 20; step++) {
            double threshold = step / 20.0;
            ThresholdPoint point = at(threshold, curve);
            html.raw("<tr>");
            number(String.format(Locale.ROOT, "%.2f", threshold));
            number(Numbers.value(point.recall().estimate()));
            number(Numbers.value(point.falsePositiveRate().estimate()));
            html.raw("</tr>\n");
        }
        html.raw("</table>\n");
    }

    /** Nothing changes between a point and the next but right after the first of them. */
    private static ThresholdPoint at(double threshold, List<ThresholdPoint> curve) {
        return curve.stream()
                .filter(point -> point.threshold() >= threshold)
                .findFirst()
                .orElse(curve.get(curve.size() - 1));
    }

    private void entities(RailFigures rail) {
        if (rail.entities().isEmpty()) {
            return;
        }
        html.raw(
                "<h3>Entities</h3><table><tr><th>type</th><th class=n>right</th><th class=n>wrong</th><th class=n>missed</th>"
                        + "<th class=n>precision</th><th class=n>recall</th><th class=n>F2</th></tr>\n");
        rail.entities().forEach(this::entity);
        entity("all", rail.allEntities());
        html.raw("</table>\n");
    }

    private void entity(String type, EntityCount count) {
        html.raw("<tr><td>").text(type).raw("</td>");
        number(Numbers.count(count.right()));
        number(Numbers.count(count.wrong()));
        number(Numbers.count(count.missed()));
        number(Numbers.value(count.precision().estimate()));
        number(Numbers.value(count.recall().estimate()));
        number(count.f2().map(Numbers::decimal).orElse("-"));
        html.raw("</tr>\n");
    }

    private void examples(String title, String what, long all, List<Example> examples) {
        if (all == 0) {
            return;
        }
        html.raw("<details open><summary>")
                .text("%s: %s texts that %s".formatted(title, Numbers.count(all), what))
                .text(examples.size() < all ? ", the first %d".formatted(examples.size()) : "")
                .raw("</summary><table>\n");
        for (Example example : examples) {
            html.raw("<tr><td>")
                    .text(example.place())
                    .raw("<br><span class=quiet>")
                    .text(example.label());
            html.raw("</span></td><td class=text><pre>").text(example.text()).raw("</pre>");
            if (!example.evidence().isEmpty()) {
                html.raw("<span class=quiet>").text(example.evidence()).raw("</span>");
            }
            html.raw("</td></tr>\n");
        }
        html.raw("</table></details>\n");
    }

    private void number(String number) {
        html.raw("<td class=n>").text(number).raw("</td>");
    }

    private static String name(RailFigures rail) {
        return rail.stage().isEmpty()
                ? rail.flow()
                : "%s: %s".formatted(rail.stage().replace('_', ' '), rail.flow());
    }
}
