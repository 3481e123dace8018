package dev.guardrails4j.benchmarks.detectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.guardrails4j.rails.detectors.promptinjection.PlainText;
import dev.guardrails4j.rails.detectors.promptinjection.WordFeatures;
import dev.guardrails4j.server.evaluation.Half;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A text to train with.
 *
 * @param source the file it is from
 * @param text it
 * @param isAttack whether it is a prompt injection
 * @param parts the features of its beginning, and of what follows if it is long
 */
record TrainingText(String source, String text, boolean isAttack, List<int[]> parts) {

    /** A part is as long as the detector's windows. */
    private static final int PART = 2_000;

    private static final int MOST_PARTS = 3;

    /** Whether a file holds attacks only; empty where each line says it with its label. */
    private static final Map<String, Boolean> ATTACKS = new LinkedHashMap<>();

    static {
        ATTACKS.put("inthewild-jailbreaks", true);
        ATTACKS.put("jailbreak-templates", true);
        ATTACKS.put("notinject", false);
        // Harmful questions are among these, which are no injections.
        ATTACKS.put("xstest", false);
        ATTACKS.put("benign-prompts", false);
        ATTACKS.put("ordinary-answers", false);
    }

    private static final String OWN = "prompt-injection-own";

    /** The work halves of the public sets, each text once, and all of ours, which are measured on nowhere. */
    static List<TrainingText> readAll(Path folder) throws IOException {
        Map<String, TrainingText> texts = new LinkedHashMap<>();
        for (Map.Entry<String, Boolean> file : ATTACKS.entrySet()) {
            for (JsonNode line : lines(folder, file.getKey())) {
                String text = line.path("text").asText();
                if (Half.WORK.has(text)) {
                    texts.putIfAbsent(text, of(file.getKey(), text, file.getValue()));
                }
            }
        }
        for (JsonNode line : lines(folder, OWN)) {
            String text = line.path("text").asText();
            texts.putIfAbsent(text, of(OWN, text, line.path("label").asText().equals("injection")));
        }
        return List.copyOf(texts.values());
    }

    private static List<JsonNode> lines(Path folder, String name) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve(name + ".jsonl"))) {
            lines.add(json.readTree(line));
        }
        return lines;
    }

    private static TrainingText of(String source, String text, boolean isAttack) {
        String plain = PlainText.of(text).text();
        List<int[]> parts = new ArrayList<>();
        for (int from = 0; from < plain.length() && parts.size() < MOST_PARTS; from += PART) {
            if (from == 0 || plain.length() - from > PART / 2) {
                parts.add(WordFeatures.of(plain, from, Math.min(plain.length(), from + PART)));
            }
        }
        return new TrainingText(source, text, isAttack, parts);
    }

    /** Which of so many equal parts it is in, whatever else there is. */
    int fold(int folds) {
        return Math.floorMod(digest(text)[1], folds);
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
