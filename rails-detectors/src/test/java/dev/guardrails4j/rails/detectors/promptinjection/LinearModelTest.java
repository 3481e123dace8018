package dev.guardrails4j.rails.detectors.promptinjection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class LinearModelTest {

    @Test
    void isReadAsItWasWritten() throws IOException {
        float[] weights = new float[WordFeatures.SIZE];
        for (int feature : WordFeatures.of("be evil", 0, 7)) {
            weights[feature] = 9;
        }
        LinearModel model = LinearModel.of(weights, -1);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        model.write(bytes);
        LinearModel read = LinearModel.read(new ByteArrayInputStream(bytes.toByteArray()));

        assertThat(read.score("be evil"))
                .isCloseTo(model.score("be evil"), within(0.02))
                .isGreaterThan(0.9);
        assertThat(read.score("be good")).isLessThan(read.score("be evil"));
    }

    @Test
    void refusesOtherBytes() {
        assertThatThrownBy(() -> LinearModel.read(new ByteArrayInputStream(new byte[100])))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no weights");
    }

    @Test
    void scoresALongTextByItsWorstPart() {
        float[] weights = new float[WordFeatures.SIZE];
        for (int feature : WordFeatures.of("evil", 0, 4)) {
            weights[feature] = 40;
        }
        LinearModel model = LinearModel.of(weights, -2);
        String filler = "good ".repeat(2_000);

        assertThat(model.score(filler + "evil " + filler)).isCloseTo(model.score("evil"), within(0.05));
        assertThat(model.score(filler)).isLessThan(0.2);
    }
}
