package dev.guardrails4j.engine.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class UsersTest {

    private final AtomicInteger closings = new AtomicInteger();
    private final Users users = new Users(closings::incrementAndGet);

    @Test
    void closesWhenTheLastUserHasLeft() {
        assertThat(users.enter()).isTrue();
        users.leave();
        assertThat(closings).hasValue(0);

        users.leave();
        assertThat(closings).hasValue(1);
    }

    @Test
    void letsNobodyInOnceItIsClosed() {
        users.leave();

        assertThat(users.enter()).isFalse();
        assertThat(closings).hasValue(1);
    }
}
