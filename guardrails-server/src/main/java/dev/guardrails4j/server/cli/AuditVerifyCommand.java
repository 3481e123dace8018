package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.audit.AuditVerification;
import dev.guardrails4j.server.audit.Fingerprints;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code guardrails audit verify}: whether an audit log is as it was written. */
@Command(
        name = "verify",
        description = {
            "Tells whether an audit log is as it was written: whether no line was changed, removed, added or moved.",
            "That lines were removed from its end shows if you keep the hash of the last one elsewhere.",
            "Exit code 1 if the chain breaks; the output says where."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  guardrails audit verify audit.jsonl",
            "  guardrails audit verify audit.jsonl*                       with the files before it",
            "  guardrails audit verify --secret-env-var AUDIT_SECRET audit.jsonl"
        })
final class AuditVerifyCommand implements Callable<Integer> {

    private final Surroundings surroundings;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "The files of one log, in any order.")
    private List<String> files = List.of();

    @Option(
            names = "--secret-env-var",
            paramLabel = "NAME",
            description = "The variable that holds the secret of audit.secret_env_var.")
    private Optional<String> variable = Optional.empty();

    AuditVerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<Path> paths = files.stream().map(surroundings::path).toList();
        AuditVerification found;
        try {
            found = AuditVerification.of(paths, new Fingerprints(variable.map(this::secret)));
        } catch (IOException e) {
            throw new CommandFailure("the audit log cannot be read: " + e);
        }
        PrintWriter out = spec.commandLine().getOut();
        if (found.first() > 0) {
            out.printf("entries %d to %d hold together%n", found.first(), found.last());
            out.printf("the last one has the hash %s%n", found.hash());
        } else {
            out.println("there are no entries");
        }
        if (found.recovered() > 0) {
            out.printf(
                    "%s: the server was stopped while it wrote a line, and removed what there was of it%n",
                    Wording.count(found.recovered(), "recovery").replace("recoverys", "recoveries"));
        }
        found.problem().ifPresent(problem -> out.println("BROKEN at " + problem));
        return found.problem().isPresent() ? ExitCode.SOFTWARE : ExitCode.OK;
    }

    private String secret(String name) {
        return surroundings
                .environment()
                .apply(name)
                .filter(value -> !value.isBlank())
                .orElseThrow(() -> new CommandFailure("the environment variable " + name + " is not set"));
    }
}
