package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.evaluation.Numbers;
import dev.guardrails4j.server.evaluation.Progress;

/** Says how far an evaluation is. Safe for use by many threads. */
final class EvalProgress implements Progress {

    private final ProgressLine line;

    EvalProgress(ProgressLine line) {
        this.line = line;
    }

    @Override
    public void done(long texts, long bytes, long totalBytes) {
        line.say(() -> "%s texts, %d %%, %s a second"
                .formatted(
                        Numbers.count(texts),
                        totalBytes == 0 ? 100 : 100 * bytes / totalBytes,
                        Numbers.count(line.perSecond(texts))));
    }
}
