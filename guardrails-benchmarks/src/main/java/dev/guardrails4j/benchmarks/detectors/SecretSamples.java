package dev.guardrails4j.benchmarks.detectors;

import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Makes up secrets in the formats that issuers document, and puts them where people put them: messages, code, settings, logs.
 * No secret of anybody's: all are drawn by lot from a seed, so that every run makes the same. For one thread.
 */
final class SecretSamples {

    private static final String DIGITS = "0123456789";
    private static final String HEX = DIGITS + "abcdef";
    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String ALNUM = DIGITS + UPPER + "abcdefghijklmnopqrstuvwxyz";
    private static final String URL_SAFE = ALNUM + "-_";

    private static final List<String> AROUND = List.of(
            "%s",
            "My key is %s, why do I get a 401?",
            "Please rotate %s today.",
            "curl -H 'X-Api-Key: %s' https://api.example.com/v1/items",
            "export SERVICE_CREDENTIAL=%s",
            "client = Client(\"%s\")",
            "{\"user\": \"ada\", \"credential\": \"%s\", \"region\": \"eu\"}",
            "settings:\n  value: %s\n  retries: 3",
            "2024-05-01 12:00:00 DEBUG request with %s took 12 ms",
            "const client = new Client('%s'); // do not commit",
            "https://api.example.com/items?key=%s&page=2");

    private final Random random;
    private final Map<String, Supplier<String>> formats = new LinkedHashMap<>();
    private final Map<String, Supplier<String>> whole = new LinkedHashMap<>();

    SecretSamples(long seed) {
        this.random = new Random(seed);
        formats.put("AWS access key", () -> "AKIA" + some(16, UPPER + "234567"));
        formats.put("GitHub classic", () -> "ghp_" + some(36, ALNUM));
        formats.put("GitHub server", () -> "ghs_" + some(36, ALNUM));
        formats.put("GitHub fine-grained", () -> "github_pat_" + some(22, ALNUM) + "_" + some(59, ALNUM));
        formats.put("GitLab", () -> "glpat-" + some(20, URL_SAFE));
        formats.put("Slack bot", () -> "xoxb-" + some(12, DIGITS) + "-" + some(12, DIGITS) + "-" + some(24, ALNUM));
        formats.put("OpenAI", () -> "sk-" + some(48, ALNUM));
        formats.put("OpenAI project", () -> "sk-proj-" + some(120, URL_SAFE));
        formats.put("Anthropic", () -> "sk-ant-api03-" + some(93, URL_SAFE) + "AA");
        formats.put("Google API", () -> "AIza" + some(35, URL_SAFE));
        formats.put("Google client secret", () -> "GOCSPX-" + some(28, URL_SAFE));
        formats.put("Google access token", () -> "ya29.a0" + some(120, URL_SAFE));
        formats.put("Stripe", () -> "sk_live_" + some(24, ALNUM));
        formats.put("Stripe restricted", () -> "rk_test_" + some(99, ALNUM));
        formats.put("Twilio", () -> "SK" + some(32, HEX));
        formats.put("SendGrid", () -> "SG." + some(22, URL_SAFE) + "." + some(43, URL_SAFE));
        formats.put("Mailgun", () -> "key-" + some(32, HEX));
        formats.put("npm", () -> "npm_" + some(36, ALNUM));
        formats.put("PyPI", () -> "pypi-AgEIcHlwaS5vcmc" + some(150, URL_SAFE));
        formats.put("RubyGems", () -> "rubygems_" + some(48, HEX));
        formats.put("Docker Hub", () -> "dckr_pat_" + some(27, URL_SAFE));
        formats.put("Hugging Face", () -> "hf_" + some(34, ALNUM));
        formats.put("NVIDIA", () -> "nvapi-" + some(64, URL_SAFE));
        formats.put("Groq", () -> "gsk_" + some(52, ALNUM));
        formats.put("Replicate", () -> "r8_" + some(37, ALNUM));
        formats.put("DigitalOcean", () -> "dop_v1_" + some(64, HEX));
        formats.put("Databricks", () -> "dapi" + some(32, HEX));
        formats.put("Vault", () -> "hvs." + some(90, URL_SAFE));
        formats.put("Shopify", () -> "shpat_" + some(32, HEX));
        formats.put("Square", () -> "sq0atp-" + some(22, URL_SAFE));
        formats.put("Notion", () -> "ntn_" + some(46, ALNUM));
        formats.put("Airtable", () -> "pat" + some(14, ALNUM) + "." + some(64, HEX));
        formats.put("Atlassian", () -> "ATATT3xFfGF0" + some(170, URL_SAFE) + "=" + some(8, "0123456789ABCDEF"));
        formats.put("Postman", () -> "PMAK-" + some(24, HEX) + "-" + some(34, HEX));
        formats.put("Linear", () -> "lin_api_" + some(40, ALNUM));
        formats.put("Figma", () -> "figd_" + some(40, URL_SAFE));
        formats.put("Grafana", () -> "glsa_" + some(32, ALNUM) + "_" + some(8, HEX));
        formats.put("New Relic", () -> "NRAK-" + some(27, UPPER + DIGITS));
        formats.put("JWT", this::jwt);
        whole.put(
                "private key", () -> "-----BEGIN RSA PRIVATE KEY-----\n" + lines(8) + "-----END RSA PRIVATE KEY-----");
        whole.put(
                "OpenSSH key",
                () -> "-----BEGIN OPENSSH PRIVATE KEY-----\n" + lines(6) + "-----END OPENSSH PRIVATE KEY-----");
        whole.put("PostgreSQL address", () -> "postgresql://app:" + some(14, ALNUM) + "@db.example.com:5432/shop");
        whole.put(
                "MongoDB address",
                () -> "mongodb+srv://root:" + some(16, ALNUM) + "@cluster0.example.net/?retryWrites=true");
        whole.put("Redis address", () -> "REDIS_URL=redis://:" + some(20, ALNUM) + "@cache.example.com:6379/0");
        whole.put("AWS secret", () -> "aws_secret_access_key = " + some(40, ALNUM + "/+"));
        whole.put(
                "Azure storage",
                () -> "DefaultEndpointsProtocol=https;AccountName=shop;AccountKey=" + some(86, ALNUM + "+/")
                        + "==;EndpointSuffix=core.windows.net");
        whole.put("authorization header", () -> "Authorization: Bearer " + some(40, URL_SAFE));
        whole.put("API key in settings", () -> "api_key: \"" + some(32, ALNUM) + "\"");
        whole.put("client secret in code", () -> "const clientSecret = '" + some(40, ALNUM) + "';");
        whole.put("token in the environment", () -> "DEPLOY_TOKEN=" + some(32, HEX));
        whole.put("password in code", () -> "password = \"" + some(4, ALNUM) + "!" + some(8, ALNUM) + "\"");
        whole.put("password in a message", () -> "my password is \"Tr0ub4dor&" + some(3, DIGITS) + "\"");
        whole.put(
                "Slack webhook",
                () -> "https://hooks.slack.com/services/T" + some(8, UPPER + DIGITS) + "/B" + some(8, UPPER + DIGITS)
                        + "/" + some(24, ALNUM));
    }

    /**
     * A text with a secret.
     *
     * @param format what kind of secret
     */
    record Sample(String format, String text) {}

    /** So many texts of each format. */
    List<Sample> samples(int each) {
        List<Sample> samples = new ArrayList<>();
        formats.forEach((format, make) -> {
            for (int i = 0; i < each; i++) {
                samples.add(new Sample(
                        format, AROUND.get(random.nextInt(AROUND.size())).formatted(make.get())));
            }
        });
        whole.forEach((format, make) -> {
            for (int i = 0; i < each; i++) {
                samples.add(new Sample(format, make.get()));
            }
        });
        return samples;
    }

    private String some(int length, String alphabet) {
        StringBuilder some = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            some.append(alphabet.charAt(random.nextInt(alphabet.length())));
        }
        return some.toString();
    }

    private String lines(int count) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < count; i++) {
            lines.append(some(64, ALNUM + "+/")).append('\n');
        }
        return lines.toString();
    }

    private String jwt() {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        return base64.encodeToString(
                        "{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "."
                + base64.encodeToString(
                        ("{\"sub\":\"" + some(10, DIGITS) + "\"}").getBytes(java.nio.charset.StandardCharsets.UTF_8))
                + "." + some(43, URL_SAFE);
    }
}
