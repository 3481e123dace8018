package dev.guardrails4j.engine.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WireJsonTest {

    @Test
    void writesEveryValueOfJson() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("text", "Grüß \"Gott\"");
        value.put("numbers", List.of(1, 2L, 1.5, 1.5f, BigInteger.TEN.pow(30), new BigDecimal("0.10")));
        value.put("flag", true);
        value.put("nothing", null);
        value.put("empty", Map.of());

        assertThat(WireJson.text(value))
                .isEqualTo("{\"text\":\"Grüß \\\"Gott\\\"\","
                        + "\"numbers\":[1,2,1.5,1.5,1000000000000000000000000000000,0.10],"
                        + "\"flag\":true,\"nothing\":null,\"empty\":{}}");
    }

    @Test
    void refusesWhatIsNoValueOfJson() {
        assertThatThrownBy(() -> WireJson.bytes(Map.of("a", List.of(new Object()))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a value that is none of JSON's: a java.lang.Object");
    }

    @Test
    void refusesWhatHoldsItself() {
        List<Object> list = new ArrayList<>();
        list.add(list);

        assertThatThrownBy(() -> WireJson.bytes(list)).isInstanceOf(IllegalArgumentException.class);
    }
}
