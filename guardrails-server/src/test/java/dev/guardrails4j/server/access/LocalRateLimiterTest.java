package dev.guardrails4j.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LocalRateLimiterTest {

    private final AtomicLong nanos = new AtomicLong();
    private final LocalRateLimiter limiter = new LocalRateLimiter(new TimeMeter() {
        @Override
        public long currentTimeNanos() {
            return nanos.get();
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    });

    private static AccessKey key(String name, Optional<Integer> requests, Optional<Integer> tokens) {
        return new AccessKey(
                name,
                List.of(KeyHash.of(name)),
                Permissions.DEFAULT,
                new RateLimit(requests, tokens),
                Optional.empty());
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void grantsAMinutesWorthAndThenWhatComesBack() {
        AccessKey key = key("app", Optional.of(60), Optional.empty());

        assertThat(IntStream.range(0, 100).filter(i -> limiter.take(key).isGranted()))
                .hasSize(60);
        assertThat(limiter.take(key).retryAfter()).isEqualTo(Duration.ofSeconds(1));
        pass(Duration.ofSeconds(2));
        assertThat(IntStream.range(0, 100).filter(i -> limiter.take(key).isGranted()))
                .hasSize(2);
    }

    @Test
    void tellsWhatIsLeftAndWhenAllIsThereAgain() {
        AccessKey key = key("app", Optional.of(60), Optional.of(1_000));
        limiter.spend(key, 250);

        Allowance allowance = limiter.take(key);

        assertThat(allowance.isGranted()).isTrue();
        assertThat(allowance.requests()).contains(new Budget(60, 59, Duration.ofSeconds(1)));
        assertThat(allowance.tokens()).contains(new Budget(1_000, 750, Duration.ofSeconds(15)));
    }

    @Test
    void waitsUntilTokensThatWereOverdrawnHaveComeBack() {
        AccessKey key = key("app", Optional.of(60), Optional.of(1_000));
        limiter.spend(key, 3_000);

        Allowance refused = limiter.take(key);

        assertThat(refused.isGranted()).isFalse();
        assertThat(refused.retryAfter()).isBetween(Duration.ofMinutes(2), Duration.ofMillis(120_100));
        assertThat(refused.requests()).map(Budget::remaining).contains(60L);
        pass(Duration.ofMinutes(2));
        assertThat(limiter.take(key).isGranted()).isFalse();
        pass(Duration.ofMillis(100));
        assertThat(limiter.take(key).isGranted()).isTrue();
    }

    @Test
    void keepsKeysApart() {
        limiter.take(key("one", Optional.of(1), Optional.empty()));

        assertThat(limiter.take(key("one", Optional.of(1), Optional.empty())).isGranted())
                .isFalse();
        assertThat(limiter.take(key("two", Optional.of(1), Optional.empty())).isGranted())
                .isTrue();
    }

    @Test
    void grantsNoMoreToManyThreads() {
        AccessKey key = key("app", Optional.of(100), Optional.empty());

        assertThat(IntStream.range(0, 1_000)
                        .parallel()
                        .filter(i -> limiter.take(key).isGranted()))
                .hasSize(100);
    }

    @Test
    void grantsEverythingToKeysWithoutLimits() {
        AccessKey key = key("app", Optional.empty(), Optional.empty());
        limiter.spend(key, Long.MAX_VALUE);

        assertThat(limiter.take(key)).isEqualTo(Allowance.UNLIMITED);
    }
}
