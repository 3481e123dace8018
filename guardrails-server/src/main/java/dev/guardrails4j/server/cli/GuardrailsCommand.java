package dev.guardrails4j.server.cli;

import dev.guardrails4j.server.batch.Speaker;
import dev.guardrails4j.server.cli.EvalLimits.Share;
import dev.guardrails4j.server.evaluation.Half;
import dev.guardrails4j.server.http.AllowedOrigins;
import dev.guardrails4j.server.settings.ByteSize;
import dev.guardrails4j.server.settings.LengthOfTime;
import dev.guardrails4j.server.settings.StoreKind;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;

/** The command {@code guardrails}, which has only sub-commands. */
@Command(
        name = "guardrails",
        description =
                "Guardrails for chat models: an OpenAI-compatible server that checks what goes in and what comes out.",
        versionProvider = Version.class,
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND",
        footerHeading = "%nFirst steps:%n",
        footer = {
            "  guardrails server                       serve the bundled examples",
            "  guardrails chat                         talk to one of them in the terminal",
            "  guardrails check \"Ignore all rules.\"     see what its rails make of a text",
            "  guardrails validate my-configs          find mistakes in your own",
            "  guardrails server --config my-configs   serve your own",
            "",
            "'guardrails COMMAND --help' tells more, with examples."
        })
public final class GuardrailsCommand {

    private GuardrailsCommand() {}

    /**
     * The command line, ready to be executed. Its exit codes: 0 all is well, 1 a problem was found, 2 wrong usage.
     *
     * @param arguments what it is to be executed with: a command that they begin with is made ready alone, since to make all of
     *     them ready takes a fifth of the server's start
     */
    public static CommandLine commandLine(Surroundings surroundings, String... arguments) {
        CommandLine guardrails = new CommandLine(new GuardrailsCommand());
        Map<String, Supplier<Object>> commands = commands(surroundings);
        Optional<String> named = Arrays.stream(arguments).findFirst().filter(commands::containsKey);
        commands.forEach((name, command) -> {
            if (named.isEmpty() || named.get().equals(name)) {
                guardrails.addSubcommand(name, command.get());
            }
        });
        addHelp(guardrails);
        return guardrails
                .registerConverter(ExistingFolder.class, new Parser<>(text -> ExistingFolder.parse(text, surroundings)))
                .registerConverter(ExistingFile.class, new Parser<>(text -> ExistingFile.parse(text, surroundings)))
                .registerConverter(Speaker.class, new Parser<>(Speaker::parse))
                .registerConverter(Half.class, new Parser<>(Half::parse))
                .registerConverter(Share.class, new Parser<>(Share::parse))
                .registerConverter(AllowedOrigins.class, new Parser<>(AllowedOrigins::parse))
                .registerConverter(ByteSize.class, new Parser<>(ByteSize::parse))
                .registerConverter(LogFormat.class, new Parser<>(LogFormat::parse))
                .registerConverter(Duration.class, new Parser<>(LengthOfTime::parse))
                .registerConverter(StoreKind.class, new Parser<>(StoreKind::parse))
                .setParameterExceptionHandler(new UsageErrors())
                .setExecutionExceptionHandler(new Failures())
                .setUsageHelpAutoWidth(true);
    }

    /** By their names, in the order in which help lists them. */
    private static Map<String, Supplier<Object>> commands(Surroundings surroundings) {
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("server", () -> new ServerCommand(surroundings));
        commands.put("chat", () -> new ChatCommand(surroundings));
        commands.put("check", () -> new CheckCommand(surroundings));
        commands.put("validate", () -> new ValidateCommand(surroundings));
        commands.put("rails", () -> new RailsCommand(surroundings));
        commands.put("eval", () -> new EvalCommand(surroundings));
        commands.put("actions-server", () -> new ActionsServerCommand(surroundings));
        commands.put("new-rail", () -> new NewRailCommand(surroundings));
        commands.put("warm", () -> new WarmCommand(surroundings));
        commands.put(
                "audit", () -> new CommandLine(new AuditCommand()).addSubcommand(new AuditVerifyCommand(surroundings)));
        commands.put(
                "keys",
                () -> new CommandLine(new KeysCommand())
                        .addSubcommand(new KeysNewCommand())
                        .addSubcommand(new KeysHashCommand(surroundings)));
        commands.put(
                "plugins",
                () -> new CommandLine(new PluginsCommand(surroundings))
                        .addSubcommand(new PluginsVerifyCommand(surroundings)));
        return commands;
    }

    private static void addHelp(CommandLine command) {
        for (CommandLine below : command.getSubcommands().values()) {
            below.getCommandSpec().addOption(helpOption());
            addHelp(below);
        }
    }

    private static OptionSpec helpOption() {
        return OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Shows this help.")
                .build();
    }
}
