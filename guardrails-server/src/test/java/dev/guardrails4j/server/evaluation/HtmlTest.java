package dev.guardrails4j.server.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HtmlTest {

    @Test
    void makesMarkupOfNoText() {
        assertThat(new Html().text("</pre><script>alert('x' & \"y\")</script>").toString())
                .isEqualTo("&lt;/pre&gt;&lt;script&gt;alert('x' &amp; \"y\")&lt;/script&gt;");
    }

    @Test
    void spellsOutWhatCannotBeSeen() {
        assertThat(new Html()
                        .text("a\u202eb\u200bc\u0000d\uD800e\n\uD83D\uDE00")
                        .toString())
                .isEqualTo("a<i>U+202E</i>b<i>U+200B</i>c<i>U+0000</i>d<i>U+D800</i>e\n\uD83D\uDE00");
    }
}
