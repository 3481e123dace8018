package dev.guardrails4j.rails.detectors.pii;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.stream.Collectors;
import org.apache.commons.validator.routines.InetAddressValidator;
import org.junit.jupiter.api.Test;

class IpAddressesTest {

    private static final InetAddressValidator ORACLE = InetAddressValidator.getInstance();
    private static final String[] PARTS = {
        ":", ":", "::", ".", "0", "1", "25", "255", "256", "01", "ab", "FFFF", "10000"
    };

    @Test
    void agreesWithCommonsValidatorOnAddressesDrawnByLot() {
        Random random = new Random(7);
        int valid = 0;
        for (int i = 0; i < 300_000; i++) {
            String address = i % 2 == 0 ? parts(random) : groups(random);

            boolean version6 = ORACLE.isValidInet6Address(address);
            assertThat(IpAddresses.isVersion4(address)).as(address).isEqualTo(ORACLE.isValidInet4Address(address));
            assertThat(IpAddresses.isVersion6(address)).as(address).isEqualTo(version6);
            valid += version6 ? 1 : 0;
        }
        assertThat(valid).isGreaterThan(10_000);
    }

    private static String parts(Random random) {
        return random.ints(1 + random.nextInt(12), 0, PARTS.length)
                .mapToObj(part -> PARTS[part])
                .collect(Collectors.joining());
    }

    private static String groups(Random random) {
        StringBuilder address = new StringBuilder();
        int groups = 1 + random.nextInt(8);
        int skipped = random.nextInt(9);
        for (int i = 0; i < groups; i++) {
            address.append(i == 0 ? "" : ":")
                    .append(i == skipped ? ":" : "")
                    .append(Integer.toHexString(random.nextInt(0x10000)));
        }
        return address + (random.nextInt(4) == 0 ? ":10.0.0.1" : "");
    }
}
