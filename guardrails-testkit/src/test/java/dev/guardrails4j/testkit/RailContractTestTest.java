package dev.guardrails4j.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Setting;
import dev.guardrails4j.api.Verdict;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

/** The contract finds what it is meant to find. */
class RailContractTestTest {

    @Test
    void findsARailThatNoServiceFileNames() {
        Rail unnamed = new WordRail() {};

        assertThatThrownBy(() -> contract(unnamed).isFoundInItsServiceFile())
                .hasMessageContaining("META-INF/services/dev.guardrails4j.api.Rail does not name");
    }

    @Test
    void findsAnUndescribedSettingAndOneThatIsNotRead() {
        Rail rail = new WordRail() {
            @Override
            public List<Setting> settings() {
                return List.of(Setting.section(
                        "words",
                        "",
                        Setting.string("forbidden", ""),
                        Setting.flag("never", ""),
                        Setting.section("deep", "", Setting.integer("on", ""))));
            }

            @Override
            public List<Setting> parameters() {
                return List.of();
            }
        };

        assertThatThrownBy(() -> contract(rail).describesWhatItReadsAndReadsWhatItDescribes())
                .hasMessageContaining("words.forbidden was read as STRINGS and is described as STRING")
                .hasMessageContaining("words.never is described and was not read")
                .hasMessageContaining("words.deep.on was read as FLAG and is described as INTEGER")
                .hasMessageContaining("words.rules was read and is not described")
                .hasMessageContaining("$also was read and is not described");
    }

    @Test
    void findsARailThatRemembersWhatItSaw() {
        assertThatThrownBy(() -> contract(remembering()).decidesAboutATextWhateverItSawBefore())
                .hasMessageContaining("at the stage");
        assertThatThrownBy(() -> contract(remembering()).decidesAlikeInManyThreads())
                .hasMessageContaining("at the stage");
    }

    private static Rail remembering() {
        Set<String> seen = ConcurrentHashMap.newKeySet();
        return deciding(context -> seen.add(context.text()) ? Verdict.allow() : Verdict.block("seen before"));
    }

    @Test
    void findsARailThatReturnsNothingOrRewritesUnasked() {
        assertThatThrownBy(() -> contract(deciding(context -> null)).decidesAboutEveryText())
                .rootCause()
                .hasMessageContaining("no verdict");
        assertThatThrownBy(() ->
                        contract(deciding(context -> Verdict.rewrite("x"))).decidesAboutEveryText())
                .rootCause()
                .hasMessageContaining("without saying so in rewrites()");
    }

    @Test
    void findsARailThatFailsAtAnEmptyText() {
        assertThatThrownBy(() -> contract(deciding(context -> {
                            context.text().charAt(0);
                            return Verdict.allow();
                        }))
                        .decidesAboutEveryText())
                .rootCause()
                .isInstanceOf(StringIndexOutOfBoundsException.class);
    }

    @Test
    void isContentWithARailThatHeedsInterrupts() {
        assertThatCode(() -> contract(deciding(context -> {
                            Thread.sleep(3_600_000);
                            return Verdict.allow();
                        }))
                        .endsWhenItsThreadIsInterrupted())
                .doesNotThrowAnyException();
    }

    private static Rail deciding(RailCheck check) {
        return new WordRail() {
            @Override
            public RailCheck configure(RailSetup setup) {
                super.configure(setup);
                return check;
            }
        };
    }

    private static RailContractTest contract(Rail rail) {
        return new RailContractTest() {
            @Override
            protected RailHarness harness() {
                return WordRailContractTest.harness(rail);
            }
        };
    }
}
