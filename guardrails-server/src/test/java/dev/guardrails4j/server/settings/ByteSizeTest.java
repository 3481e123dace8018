package dev.guardrails4j.server.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ByteSizeTest {

    @ParameterizedTest
    @CsvSource({
        "1024, 1024",
        "1k, 1024",
        "512KiB, 524288",
        "4 MiB, 4194304",
        "4mb, 4194304",
        "1g, 1073741824",
        "1073741824, 1073741824"
    })
    void readsNumbersWithAndWithoutUnits(String text, int bytes) {
        assertThat(ByteSize.parse(text).bytes()).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "k", "-1", "1.5m", "1t", "1 kib extra", "0x400", "99999999999", "1e3"})
    void refusesWhatIsNoSize(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("is not a size");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "1023", "1025m", "2g", "9999999999g"})
    void refusesWhatIsOutOfBounds(String text) {
        assertThatThrownBy(() -> ByteSize.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("between 1 KiB and 1 GiB");
    }
}
