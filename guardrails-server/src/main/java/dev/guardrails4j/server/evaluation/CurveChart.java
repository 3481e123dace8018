package dev.guardrails4j.server.evaluation;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** Draws what other thresholds would do: recall and false positive rate over the threshold, as SVG. */
final class CurveChart {

    private static final int WIDTH = 560;
    private static final int HEIGHT = 220;
    private static final int LEFT = 44;
    private static final int BOTTOM = 34;
    private static final int TOP = 10;

    private CurveChart() {}

    /** @param curve at least one point */
    static String of(List<ThresholdPoint> curve) {
        StringBuilder svg = new StringBuilder(
                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"recall and false positive rate over the threshold\">"
                        .formatted(LEFT + WIDTH + 10, TOP + HEIGHT + BOTTOM));
        for (int tenth = 0; tenth <= 10; tenth += 2) {
            double at = tenth / 10.0;
            svg.append(line("grid", 0, at, 1, at)).append(line("grid", at, 0, at, 1));
            svg.append(label(x(at), TOP + HEIGHT + 15, "middle", at)).append(label(LEFT - 6, y(at) + 4, "end", at));
        }
        svg.append("<text class=\"axis\" x=\"%s\" y=\"%d\" text-anchor=\"middle\">threshold</text>"
                .formatted(number(x(0.5)), TOP + HEIGHT + 30));
        svg.append(steps("recall", curve, ThresholdPoint::recall));
        svg.append(steps("alarms", curve, ThresholdPoint::falsePositiveRate));
        return svg.append("</svg>").toString();
    }

    private static String steps(String style, List<ThresholdPoint> curve, Function<ThresholdPoint, Proportion> what) {
        if (what.apply(curve.get(0)).total() == 0) {
            return "";
        }
        StringBuilder points = new StringBuilder();
        double before = 0;
        for (int i = 0; i < curve.size(); i++) {
            double at = i == 0 ? 0 : curve.get(i).threshold();
            Proportion proportion = what.apply(curve.get(i));
            double value = (double) proportion.hits() / proportion.total();
            if (i > 0) {
                points.append(point(curve.get(i - 1).threshold(), value));
            }
            points.append(point(at, value));
            before = value;
        }
        points.append(point(1, before));
        return "<polyline class=\"%s\" points=\"%s\"/>"
                .formatted(style, points.toString().strip());
    }

    private static String point(double threshold, double value) {
        return number(x(threshold)) + "," + number(y(value)) + " ";
    }

    private static String line(String style, double x1, double y1, double x2, double y2) {
        return "<line class=\"%s\" x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\"/>"
                .formatted(style, number(x(x1)), number(y(y1)), number(x(x2)), number(y(y2)));
    }

    private static String label(double x, double y, String anchor, double value) {
        return "<text class=\"axis\" x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>"
                .formatted(number(x), number(y), anchor, number(value));
    }

    private static double x(double threshold) {
        return LEFT + threshold * WIDTH;
    }

    private static double y(double value) {
        return TOP + (1 - value) * HEIGHT;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.1f", value);
    }
}
