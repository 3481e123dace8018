package dev.guardrails4j.server.cli;

import java.io.PrintWriter;
import java.util.List;

/** Rows whose columns are as wide as their widest entry. */
final class Table {

    private static final int GAP = 2;

    private Table() {}

    /** @param rows all of the same length, at least one */
    static void print(List<List<String>> rows, PrintWriter out) {
        int columns = rows.get(0).size();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < columns; column++) {
                String entry = row.get(column);
                line.append(entry).append(" ".repeat(width(rows, column) + GAP - entry.length()));
            }
            out.println(line.toString().stripTrailing());
        }
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }
}
