package dev.guardrails4j.rails.detectors.pii;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.guardrails4j.rails.detectors.text.Finding;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("sensitive data, contract config-and-rails 4.7")
class SensitiveDataDetectorTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @AfterEach
    void clearInterrupt() {
        Thread.interrupted();
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        EMAIL_ADDRESS | Write to [jane.doe+news@mail.example.co.uk].
        EMAIL_ADDRESS | <[jürgen@exämple.de]>
        EMAIL_ADDRESS | 请发邮件到[li@example.com]谢谢
        URL | See [https://example.org/a?b=c#d], please
        URL | on [www.example.nl/path].
        URL | visit [example.com] now
        URL | [ftp://10.0.0.1:2121/x]
        IP_ADDRESS | from [192.168.17.4]:8080
        IP_ADDRESS | at [3b20:9a3a:1b2f:7ce:9ef1:4787:85fc:261e].
        IP_ADDRESS | at [fe80::1ff:fe23:4567:890a]
        MAC_ADDRESS | card [00:1A:2b:3c:4d:5e] is down
        PHONE_NUMBER | call [(212) 555-2368] today
        PHONE_NUMBER | Ruf [+49 30 901820] an
        PHONE_NUMBER | [020 7946 0958] it is
        PHONE_NUMBER | my phone number is [20-32-85-26]
        PHONE_NUMBER | ext: [650-253-0000 x123]
        CREDIT_CARD | [4111 1111 1111 1111] 12/27
        CREDIT_CARD | [378282246310005]
        CREDIT_CARD | card:[5500-0000-0000-0004].
        IBAN_CODE | [DE89 3704 0044 0532 0130 00] please
        IBAN_CODE | to gb82west12345698765432? [GB82WEST12345698765432]
        CRYPTO | [1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa]
        CRYPTO | [bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4]
        CRYPTO | [0x52908400098527886E0F7030069857D2E4169EE7]
        US_SSN | SSN [536-90-4399]
        US_SSN | social security number [536904399]
        US_ITIN | [911-70-1234]
        US_BANK_NUMBER | bank account [945456787654]
        ABA_ROUTING_NUMBER | routing number [021000021]
        US_PASSPORT | my passport is [912803456]
        US_DRIVER_LICENSE | driver license [A56319335]
        US_MBI | [1EG4-TE5-MK73]
        MEDICAL_LICENSE | [AB1234563]
        CA_SIN | SIN [130 692 544]
        BR_CPF | [529.982.247-25]
        BR_CNPJ | [11.222.333/0001-81]
        UK_NHS | NHS number [943 476 5919]
        UK_NINO | [AB 12 34 56 C]
        ES_NIF | [12345678Z]
        ES_NIE | [X1234567L]
        PL_PESEL | PESEL: [44051401359]
        IT_FISCAL_CODE | [RSSMRA85T10A562S]
        IT_VAT_CODE | partita iva [01333550323]
        DE_TAX_ID | Steuer-ID [86 095 742 719]
        FR_NIR | [2 55 08 14 168 025 38]
        NL_BSN | BSN [111222333]
        SE_PERSONNUMMER | personnummer [811228-9874]
        FI_PERSONAL_IDENTITY_CODE | [131052-308T]
        AU_ABN | ABN [51 824 753 556]
        AU_ACN | ACN [004 085 616]
        AU_TFN | TFN [123 456 782]
        AU_MEDICARE | medicare [2123 45670 1]
        IN_PAN | [AAAPL1234C]
        IN_AADHAAR | [2341 2341 2346]
        IN_VOTER | voter id [ABC1234567]
        SG_NRIC_FIN | [S2740116C]
        KR_RRN | [900101-1123459]
        TH_TNIN | [1-1017-00230-70-8]
        DATE_TIME | born [1970-11-23 02:26:26].
        DATE_TIME | on [8/10/1988]
        DATE_TIME | by [March 3rd, 2024]
        DATE_TIME | until [Sunday]
        NRP | a [Norwegian] friend
        """)
    void finds(String entity, String marked) throws Exception {
        int start = marked.indexOf('[');
        int end = marked.indexOf(']') - 1;
        String text = marked.replace("[", "").replace("]", "");

        assertThat(find(text, entity))
                .filteredOn(finding -> finding.start() == start)
                .extracting(Finding::type, Finding::start, Finding::end)
                .containsExactly(tuple(entity, start, end));
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', textBlock = """
        EMAIL_ADDRESS | @mention, a@b, user@localhost and x@y.notatld
        URL | e.g. this, v1.2.3, end.So and node.js
        IP_ADDRESS | at 12:30, 1.2.3, 999.1.1.1 and std::vector
        PHONE_NUMBER | order 1234567890 of 2024-11-22, 3.14159265 and 8/10/1988
        CREDIT_CARD | 4111 1111 1111 1112, and 1234567812345670 of no scheme
        IBAN_CODE | DE88370400440532013000
        CRYPTO | 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb
        US_SSN | 000-12-3456, 666-12-3456, 536-00-4399 and 536904399
        UK_NHS | NHS 943 476 5918
        ES_NIF | 12345678A
        PL_PESEL | PESEL 44051401358
        IT_FISCAL_CODE | RSSMRA85T10A562T
        DE_TAX_ID | Steuer-ID 86 095 742 718
        FR_NIR | 2 55 08 14 168 025 39
        AU_ABN | ABN 51 824 753 557
        IN_AADHAAR | 2341 2341 2347
        SG_NRIC_FIN | S2740116D
        BR_CPF | 529.982.247-26
        FI_PERSONAL_IDENTITY_CODE | 131052-308U
        US_BANK_NUMBER | item 945456787654
        DATE_TIME | in May we march, 3-2, 99:99
        NRP | polish the silver
        """)
    void leavesAlone(String entity, String text) throws Exception {
        assertThat(find(text, entity)).isEmpty();
    }

    @Test
    void findsNumbersInDigitsOfOtherScriptsAndWithHiddenCharacters() throws Exception {
        assertThat(find("٤١١١ ١١١١ ١١١١ ١١١١", "CREDIT_CARD")).hasSize(1);
        assertThat(find("４１１１１１１１１１１１１１１１", "CREDIT_CARD")).hasSize(1);
        assertThat(find("x 4111\u200b1111\u200b1111\u200b1111 y", "CREDIT_CARD"))
                .extracting(Finding::start, Finding::end)
                .containsExactly(tuple(2, 21));
    }

    @Test
    void countsPositionsInUnitsWhateverStandsBefore() throws Exception {
        assertThat(find("👩‍👧 a@example.com", "EMAIL_ADDRESS"))
                .extracting(Finding::start)
                .containsExactly(6);
    }

    @Test
    void makesOneFindingOfThoseThatOverlap() throws Exception {
        SensitiveDataDetector detector = SensitiveDataDetector.of(Set.of("URL", "EMAIL_ADDRESS"));

        assertThat(detector.find("https://example.com/?mail=a@example.com&x=1", LIMIT))
                .extracting(Finding::type, Finding::start, Finding::end)
                .containsExactly(tuple("EMAIL_ADDRESS", 0, 43));
    }

    @Test
    void findsEverythingAtOnce() throws Exception {
        SensitiveDataDetector detector = SensitiveDataDetector.of(SensitiveDataDetector.knownEntities());

        assertThat(detector.find("Ada, a@example.com, 4111111111111111, https://x.example.com", LIMIT))
                .extracting(Finding::type)
                .contains("EMAIL_ADDRESS", "CREDIT_CARD", "URL");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1", "1-", "a.", "@", "(1", "1 ", "::", "aa1 ", "://", "+1(", "19/", "1٠", "May 1", "+1 2 ", "12 34 "
            })
    void comesToAnEndWithAnyText(String unit) throws Exception {
        SensitiveDataDetector detector = SensitiveDataDetector.of(SensitiveDataDetector.knownEntities());

        // In quadratic time, nobody would wait for it.
        assertThat(detector.find(unit.repeat(100_000 / unit.length()), LIMIT)).hasSizeLessThan(100_000);
    }

    @Test
    void stopsWhenItIsInterrupted() {
        SensitiveDataDetector detector = SensitiveDataDetector.of(Set.of("CREDIT_CARD"));

        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> detector.find("1 2 3", LIMIT)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void refusesEntitiesThatItDoesNotKnow() {
        assertThatThrownBy(() -> SensitiveDataDetector.of(Set.of("EMAIL")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<Finding> find(String text, String entity) throws InterruptedException {
        return SensitiveDataDetector.of(Set.of(entity)).find(text, LIMIT);
    }
}
