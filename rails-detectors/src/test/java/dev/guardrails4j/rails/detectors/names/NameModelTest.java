package dev.guardrails4j.rails.detectors.names;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("names of people, places and organisations")
class NameModelTest {

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        My name is Jessica Miller and I need help. | Jessica/PERSON Miller/PERSON
        my name is jessica miller | jessica/PERSON miller/PERSON
        I live in Hamburg. | Hamburg/LOCATION
        I'm originally from Norway | Norway/LOCATION
        How do I centre a box in CSS? | ''
        What are the benefits of green tea? | ''
        """)
    void areTold(String text, String names) throws Exception {
        assertThat(String.join(" ", label(text))).isEqualTo(names);
    }

    @Test
    void areNotInTextWithoutWords() throws Exception {
        assertThat(label("")).isEmpty();
        assertThat(label(" \n\n ")).hasSizeLessThan(2);
    }

    @Test
    void areLookedForInTextOfAnyScript() throws Exception {
        assertThat(label("你好，我叫王芳。 👩‍👧 привет")).hasSizeLessThan(12);
    }

    @Test
    void wordsAreCutAtMarksAndLineBreaks() {
        Words words = Words.of("Liam's\n\n  A.B 12é😀");

        List<String> cut = new ArrayList<>();
        for (int i = 0; i < words.count(); i++) {
            cut.add("Liam's\n\n  A.B 12é😀".substring(words.start(i), words.end(i)));
        }
        assertThat(cut).containsExactly("Liam", "'", "s", "\n", "A", ".", "B", "12é😀");
    }

    @Test
    void stopWhenTheThreadIsInterrupted() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> label("Ada")).isInstanceOf(InterruptedException.class);
    }

    private static List<String> label(String text) throws InterruptedException {
        Words words = Words.of(text);
        List<String> names = new ArrayList<>();
        NameModel.bundled()
                .label(
                        words,
                        (index, label, margin) ->
                                names.add(text.substring(words.start(index), words.end(index)) + "/" + label));
        return names;
    }
}
