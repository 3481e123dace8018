package dev.guardrails4j.server.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class KeyHashTest {

    /** FIPS 180-2, appendix B.1. */
    @Test
    void isTheSha256OfAKey() {
        assertThat(KeyHash.of("abc"))
                .hasToString("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
                .isEqualTo(KeyHash.parse("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"))
                .isNotEqualTo(KeyHash.of("abd"));
    }

    @Test
    void doesNotRepeatWhatWasTakenForAHash() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> KeyHash.parse("g4j_a-key-that-somebody-pasted"))
                .withMessageNotContaining("pasted")
                .withMessageContaining("guardrails keys hash");
    }
}
