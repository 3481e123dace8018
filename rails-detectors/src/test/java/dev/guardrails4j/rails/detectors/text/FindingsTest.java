package dev.guardrails4j.rails.detectors.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FindingsTest {

    @Test
    void leavesOfAFindingWhatIsOutsideOfOthers() {
        List<Finding> others = List.of(finding(0, 3), finding(5, 7), finding(9, 12), finding(20, 22));

        assertThat(Findings.outside(finding(2, 14), others))
                .containsExactly(finding(3, 5), finding(7, 9), finding(12, 14));
        assertThat(Findings.outside(finding(5, 7), others)).isEmpty();
        assertThat(Findings.outside(finding(13, 20), others)).containsExactly(finding(13, 20));
        assertThat(Findings.outside(finding(30, 31), others)).containsExactly(finding(30, 31));
        assertThat(Findings.outside(finding(1, 2), List.of())).containsExactly(finding(1, 2));
    }

    @Test
    void looksAtFewOfManyOthers() {
        AtomicInteger looks = new AtomicInteger();
        List<Finding> others = new AbstractList<>() {
            @Override
            public Finding get(int index) {
                looks.incrementAndGet();
                return finding(10 * index, 10 * index + 2);
            }

            @Override
            public int size() {
                return 100_000;
            }
        };

        assertThat(Findings.outside(finding(500_001, 500_005), others)).containsExactly(finding(500_002, 500_005));
        assertThat(looks).hasValueLessThan(30);
    }

    private static Finding finding(int start, int end) {
        return new Finding("PERSON", start, end, 1);
    }
}
