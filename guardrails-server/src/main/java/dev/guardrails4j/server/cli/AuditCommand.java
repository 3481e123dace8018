package dev.guardrails4j.server.cli;

import picocli.CommandLine.Command;

/** {@code guardrails audit}: looks after audit logs. */
@Command(
        name = "audit",
        description = "Looks after audit logs; docs/security.md says what is in them.",
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nExamples:%n",
        footer = {"  guardrails audit verify audit.jsonl*"})
final class AuditCommand {}
