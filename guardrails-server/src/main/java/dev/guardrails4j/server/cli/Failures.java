package dev.guardrails4j.server.cli;

import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Says why a command could not do what it was told; what nobody foresaw is passed on. */
final class Failures implements IExecutionExceptionHandler {

    @Override
    public int handleExecutionException(Exception thrown, CommandLine command, ParseResult parsed) throws Exception {
        if (!(thrown instanceof CommandFailure)) {
            throw thrown;
        }
        command.getErr().println("guardrails: " + thrown.getMessage());
        return ExitCode.SOFTWARE;
    }
}
