package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PiecewiseOutputStreamTest {

    @ParameterizedTest
    @CsvSource({"0, ''", "1, 1", "65536, 65536", "65537, 65536 1", "200000, 65536 65536 65536 3392"})
    void handsOnWhatItIsGivenInPieces(int length, String pieces) throws IOException {
        byte[] whole = new byte[length + 10];
        new Random(length).nextBytes(whole);
        List<String> given = new ArrayList<>();
        ByteArrayOutputStream socket = new ByteArrayOutputStream() {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                given.add(String.valueOf(length));
                super.write(bytes, offset, length);
            }
        };

        try (PiecewiseOutputStream out = new PiecewiseOutputStream(socket)) {
            out.write(whole, 5, length);
        }

        assertThat(socket.toByteArray()).isEqualTo(Arrays.copyOfRange(whole, 5, 5 + length));
        assertThat(String.join(" ", given)).isEqualTo(pieces);
    }
}
