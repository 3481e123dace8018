package dev.guardrails4j.server.cli;

import picocli.CommandLine.Command;

/** {@code guardrails keys}: makes API keys. */
@Command(
        name = "keys",
        description = {
            "Makes the API keys that callers of the server need.",
            "The server knows their hashes only; docs/security.md says what a key may do."
        },
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails keys new support-app              a new key, and its lines for server.yml",
            "  guardrails keys hash < key.txt               the hash of a key that there is already"
        })
final class KeysCommand {}
