package dev.guardrails4j.server.cli;

import dev.guardrails4j.engine.config.Spelling;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line: in one line, and where to read on. The whole help would push it off the screen. */
final class UsageErrors implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException wrong, String[] given) {
        CommandLine command = wrong.getCommandLine();
        command.getErr()
                .printf(
                        "guardrails: %s%n'%s --help' tells what can be said here.%n",
                        complaint(wrong), command.getCommandSpec().qualifiedName());
        return ExitCode.USAGE;
    }

    private static String complaint(ParameterException wrong) {
        CommandSpec command = wrong.getCommandLine().getCommandSpec();
        if (wrong instanceof UnmatchedArgumentException unmatched) {
            String word = unmatched.getUnmatched().get(0);
            return word.startsWith("-")
                    ? unknown("option", word, command.optionsMap().keySet())
                    : unknown("command", word, command.subcommands().keySet());
        }
        return Optional.ofNullable(wrong.getMessage()).orElse("wrong usage");
    }

    private static String unknown(String kind, String word, Set<String> known) {
        return "there is no %s '%s' here%s".formatted(kind, word, Spelling.suggestion(word, known));
    }
}
