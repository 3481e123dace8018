package dev.guardrails4j.rails.detectors.secrets;

import static dev.guardrails4j.rails.detectors.secrets.SecretFormat.TOKEN;

import java.util.List;
import java.util.stream.Stream;

/** The formats that are known, from their issuers' public documentation. */
final class SecretFormats {

    private static final String HEX = "[0-9a-f]";
    private static final String ALNUM = "[A-Za-z0-9]";

    private static final List<SecretFormat> CLOUDS = List.of(
            SecretFormat.prefixed(
                    "AWS_ACCESS_KEY", "(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}", "AKIA", "ASIA", "ABIA", "ACCA"),
            SecretFormat.prefixed("GOOGLE_API_KEY", "AIza" + TOKEN + "{35}", "AIza"),
            SecretFormat.prefixed(
                    "GOOGLE_OAUTH_TOKEN", "GOCSPX-" + TOKEN + "{28}|ya29\\." + TOKEN + "{30,1000}", "GOCSPX-", "ya29."),
            SecretFormat.open(
                    "AZURE_KEY",
                    SecretValues::isNoExample,
                    "(?:AccountKey|SharedAccessKey)=(?<secret>[A-Za-z0-9+/]{43}={0,2}|[A-Za-z0-9+/]{86}==)",
                    "AccountKey=",
                    "SharedAccessKey="),
            SecretFormat.prefixed("DIGITALOCEAN_TOKEN", "do[opr]_v1_" + HEX + "{64}", "dop_v1_", "doo_v1_", "dor_v1_"),
            SecretFormat.prefixed("ALIBABA_KEY", "LTAI" + ALNUM + "{12,20}", "LTAI"),
            SecretFormat.prefixed("DATABRICKS_TOKEN", "dapi" + HEX + "{32}(?:-\\d)?", "dapi"),
            SecretFormat.prefixed("HEROKU_KEY", "HRKU-[A-Za-z0-9_-]{36,70}", "HRKU-"),
            SecretFormat.prefixed("VAULT_TOKEN", "hv[bsr]\\." + TOKEN + "{24,300}", "hvs.", "hvb.", "hvr."),
            SecretFormat.prefixed("TERRAFORM_TOKEN", "atlasv1\\." + TOKEN + "{60,70}", "atlasv1."),
            SecretFormat.prefixed("CLOUDFLARE_KEY", "v1\\.0-" + HEX + "{24}-" + HEX + "{146}", "v1.0-"),
            SecretFormat.prefixed(
                    "FLY_TOKEN",
                    "fo1_" + TOKEN + "{43}|fm[12][ar]?_[A-Za-z0-9+/]{100,500}={0,3}",
                    "fo1_",
                    "fm1_",
                    "fm2_",
                    "fm1a_",
                    "fm1r_"));

    private static final List<SecretFormat> CODE = List.of(
            SecretFormat.prefixed(
                    "GITHUB_TOKEN",
                    "gh[pousr]_" + ALNUM + "{36,255}|github_pat_[A-Za-z0-9_]{22,255}",
                    "ghp_",
                    "gho_",
                    "ghu_",
                    "ghs_",
                    "ghr_",
                    "github_pat_"),
            SecretFormat.prefixed(
                    "GITLAB_TOKEN",
                    "gl(?:pat|ptt|dt|rt|cbt|oas|soat|ft|imt|agent)-[A-Za-z0-9_.-]{20,64}",
                    "glpat-",
                    "glptt-",
                    "gldt-",
                    "glrt-",
                    "glcbt-",
                    "gloas-",
                    "glsoat-",
                    "glft-",
                    "glimt-",
                    "glagent-"),
            SecretFormat.prefixed("BITBUCKET_TOKEN", "ATBB[A-Za-z0-9_=.-]{24,70}", "ATBB"),
            SecretFormat.prefixed("ATLASSIAN_TOKEN", "ATATT3[A-Za-z0-9_=.-]{60,300}", "ATATT3"),
            SecretFormat.prefixed("NPM_TOKEN", "npm_" + ALNUM + "{36}", "npm_"),
            SecretFormat.prefixed("PYPI_TOKEN", "pypi-" + TOKEN + "{50,300}", "pypi-"),
            SecretFormat.prefixed("RUBYGEMS_KEY", "rubygems_" + HEX + "{48}", "rubygems_"),
            SecretFormat.prefixed("CRATES_TOKEN", "cio" + ALNUM + "{32}", "cio"),
            SecretFormat.prefixed("DOCKER_TOKEN", "dckr_(?:pat|oat)_" + TOKEN + "{27,40}", "dckr_"),
            SecretFormat.prefixed("CIRCLECI_TOKEN", "CCIPAT_" + ALNUM + "{22}_" + HEX + "{40}", "CCIPAT_"),
            SecretFormat.prefixed("SENTRY_TOKEN", "sntry[su]_[A-Za-z0-9+/=_-]{40,500}", "sntrys_", "sntryu_"),
            SecretFormat.prefixed("GRAFANA_TOKEN", "gl(?:c|sa)_[A-Za-z0-9+/=_]{32,400}", "glc_", "glsa_"),
            SecretFormat.prefixed(
                    "NEW_RELIC_KEY",
                    "NR(?:AK|II|JS|IQ|RA)-" + ALNUM + "{19,42}",
                    "NRAK-",
                    "NRII-",
                    "NRJS-",
                    "NRIQ-",
                    "NRRA-"),
            SecretFormat.prefixed("POSTMAN_KEY", "PMAK-" + HEX + "{24}-" + HEX + "{34}", "PMAK-"),
            SecretFormat.prefixed("LINEAR_KEY", "lin_(?:api|oauth)_" + ALNUM + "{40,64}", "lin_"),
            SecretFormat.prefixed("FIGMA_TOKEN", "fig[du]_" + TOKEN + "{40,60}", "figd_", "figu_"),
            SecretFormat.prefixed(
                    "SUPABASE_KEY",
                    "sbp_" + HEX + "{40}|sb_(?:secret|publishable)_" + TOKEN + "{20,60}",
                    "sbp_",
                    "sb_"),
            SecretFormat.prefixed("PLANETSCALE_TOKEN", "pscale_(?:tkn|pw|oauth)_[A-Za-z0-9_.-]{32,64}", "pscale_"));

    private static final List<SecretFormat> MODELS = List.of(
            SecretFormat.prefixed("ANTHROPIC_KEY", "sk-ant-" + TOKEN + "{32,200}", "sk-ant-"),
            SecretFormat.prefixed(
                    "OPENAI_KEY",
                    "sk-(?!ant-)(?:proj-|svcacct-|admin-|or-v1-|lf-)?(?=[A-Za-z0-9_-]{0,200}?\\d)" + TOKEN + "{20,200}",
                    "sk-"),
            SecretFormat.prefixed("HUGGINGFACE_TOKEN", "(?:hf|api_org)_" + ALNUM + "{34,40}", "hf_", "api_org_"),
            SecretFormat.prefixed("NVIDIA_KEY", "nvapi-" + TOKEN + "{60,80}", "nvapi-"),
            SecretFormat.prefixed("GROQ_KEY", "gsk_" + ALNUM + "{48,56}", "gsk_"),
            SecretFormat.prefixed("PERPLEXITY_KEY", "pplx-" + ALNUM + "{40,60}", "pplx-"),
            SecretFormat.prefixed("XAI_KEY", "xai-" + ALNUM + "{70,90}", "xai-"),
            SecretFormat.prefixed("REPLICATE_TOKEN", "r8_" + ALNUM + "{37}", "r8_"),
            SecretFormat.prefixed("LANGSMITH_KEY", "lsv2_(?:pt|sk)_" + HEX + "{32}_" + HEX + "{10}", "lsv2_"));

    private static final List<SecretFormat> SERVICES = List.of(
            SecretFormat.prefixed(
                    "SLACK_TOKEN",
                    "xox[abeoprs]-[A-Za-z0-9-]{10,250}|xapp-\\d-[A-Za-z0-9-]{20,200}",
                    "xoxa-",
                    "xoxb-",
                    "xoxe-",
                    "xoxo-",
                    "xoxp-",
                    "xoxr-",
                    "xoxs-",
                    "xapp-"),
            SecretFormat.prefixed(
                    "SLACK_WEBHOOK",
                    "hooks\\.slack\\.com/(?:services|workflows)/[A-Za-z0-9/+]{30,70}",
                    "hooks.slack.com/"),
            SecretFormat.prefixed(
                    "DISCORD_WEBHOOK",
                    "discord(?:app)?\\.com/api/webhooks/\\d{15,21}/" + TOKEN + "{50,80}",
                    "discord.com/api",
                    "discordapp.com/api"),
            SecretFormat.prefixed(
                    "TEAMS_WEBHOOK", "webhook\\.office\\.com/webhookb2/[A-Za-z0-9@/-]{80,250}", "webhook.office.com/"),
            SecretFormat.prefixed(
                    "STRIPE_KEY",
                    "[srp]k_(?:live|test)_" + ALNUM + "{16,120}|whsec_[A-Za-z0-9+/=]{24,100}",
                    "sk_live_",
                    "sk_test_",
                    "rk_live_",
                    "rk_test_",
                    "pk_live_",
                    "pk_test_",
                    "whsec_"),
            SecretFormat.prefixed(
                    "SQUARE_TOKEN", "sq0(?:atp|csp|idp)-" + TOKEN + "{22,43}|EAAA" + TOKEN + "{60}", "sq0", "EAAA"),
            SecretFormat.prefixed(
                    "SHOPIFY_TOKEN",
                    "shp(?:at|ca|pa|ss|ka)_[a-fA-F0-9]{32}",
                    "shpat_",
                    "shpca_",
                    "shppa_",
                    "shpss_",
                    "shpka_"),
            SecretFormat.prefixed("TWILIO_KEY", "(?:SK|AC)" + HEX + "{32}", "SK", "AC"),
            SecretFormat.prefixed("SENDGRID_KEY", "SG\\." + TOKEN + "{16,32}\\." + TOKEN + "{32,64}", "SG."),
            SecretFormat.prefixed("MAILGUN_KEY", "key-" + HEX + "{32}", "key-"),
            SecretFormat.prefixed("BREVO_KEY", "xkeysib-" + HEX + "{64}-" + ALNUM + "{16}", "xkeysib-"),
            SecretFormat.prefixed(
                    "NOTION_TOKEN", "ntn_" + ALNUM + "{40,50}|secret_" + ALNUM + "{43}", "ntn_", "secret_"),
            SecretFormat.prefixed("AIRTABLE_TOKEN", "pat" + ALNUM + "{14}\\." + HEX + "{64}", "pat"),
            SecretFormat.prefixed("DROPBOX_TOKEN", "sl\\.(?:u\\.)?" + TOKEN + "{130,1200}", "sl."),
            SecretFormat.prefixed("FACEBOOK_TOKEN", "EAA[A-Z]" + ALNUM + "{90,400}", "EAA"),
            SecretFormat.prefixed("DATADOG_KEY", "ddp_" + ALNUM + "{36}", "ddp_"),
            SecretFormat.prefixed("SONAR_TOKEN", "sq[pua]_" + HEX + "{40}", "sqp_", "squ_", "sqa_"),
            SecretFormat.prefixed("AGE_KEY", "AGE-SECRET-KEY-1[0-9A-Z]{58}", "AGE-SECRET-KEY-1"));

    private static final List<SecretFormat> GENERAL = List.of(
            SecretFormat.open(
                    "PRIVATE_KEY",
                    secret -> true,
                    "-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----(?s:.{0,10000}?-----END"
                            + " (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----|.{0,10000})",
                    "-----BEGIN "),
            SecretFormat.open(
                    "JWT",
                    secret -> true,
                    "eyJ" + TOKEN + "{8,4000}+\\.eyJ" + TOKEN + "{8,8000}+\\." + TOKEN + "{0,2000}",
                    "eyJ"),
            SecretFormat.open(
                    "CONNECTION_STRING",
                    SecretValues::isPassword,
                    "://[^\\s:/@'\"<>]{0,100}:(?<secret>[^\\s@/'\"<>]{3,200})@(?=[A-Za-z0-9\\[])",
                    "://"),
            SecretFormat.open(
                    "AUTHORIZATION",
                    SecretValues::isVaried,
                    "(?i:uthorization)[\"']?\\s?[:=]\\s?[\"']?(?i:bearer|basic|token|apikey)"
                            + " (?<secret>[A-Za-z0-9+/=_.~-]{16,2000})",
                    "uthorization",
                    "UTHORIZATION"));

    private SecretFormats() {}

    static List<SecretFormat> all() {
        return Stream.of(CLOUDS, CODE, MODELS, SERVICES, GENERAL)
                .flatMap(List::stream)
                .toList();
    }
}
