package dev.guardrails4j.engine;

import dev.guardrails4j.api.Action;
import dev.guardrails4j.api.ActionContext;
import dev.guardrails4j.api.ContentPart;
import dev.guardrails4j.api.EndpointAddress;
import dev.guardrails4j.api.JsonEndpoint;
import dev.guardrails4j.api.Judge;
import dev.guardrails4j.api.JudgeTask;
import dev.guardrails4j.api.JudgementException;
import dev.guardrails4j.api.Message;
import dev.guardrails4j.api.Rail;
import dev.guardrails4j.api.RailCheck;
import dev.guardrails4j.api.RailContext;
import dev.guardrails4j.api.RailSetup;
import dev.guardrails4j.api.Refusal;
import dev.guardrails4j.api.Settings;
import dev.guardrails4j.api.Stage;
import dev.guardrails4j.api.TlsOptions;
import dev.guardrails4j.api.Verdict;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The rails that the engine's tests put on the class path, as a jar would bring them. */
public final class TestRails {

    private TestRails() {}

    /** Runs everywhere. */
    abstract static class EveryStage implements Rail {

        @Override
        public Set<Stage> stages() {
            return Set.of(Stage.values());
        }
    }

    /** Blocks what contains one of {@code rails.config.words.forbidden}. */
    public static final class Words extends EveryStage {

        @Override
        public String name() {
            return "check words";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            List<String> forbidden = setup.settings("words").strings("forbidden");
            return context -> forbidden.stream()
                    .filter(context.text()::contains)
                    .findFirst()
                    .map(word -> Verdict.block("holds a forbidden word").with("word", word))
                    .orElseGet(Verdict::allow);
        }
    }

    /** Replaces {@code $from} by {@code $to}. */
    public static final class Replace extends EveryStage {

        @Override
        public String name() {
            return "replace";
        }

        @Override
        public boolean rewrites() {
            return true;
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            String from = setup.parameter("from").orElseThrow();
            String to = setup.parameter("to").orElse("");
            return context -> Verdict.rewrite(context.text().replace(from, to));
        }
    }

    /** Tells what it is given of a tool. */
    public static final class Describing extends EveryStage {

        @Override
        public String name() {
            return "describe tool";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return context -> Verdict.allow()
                    .with(
                            "of",
                            context.toolCall()
                                    .map(call -> "call " + call.id() + " " + call.name())
                                    .or(() -> context.toolResult().map(result -> "result " + result.callId()))
                                    .orElse("text"))
                    .with("index", context.toolIndex())
                    .with("offered", context.tools().size())
                    .with(
                            "variable",
                            context.variables()
                                    .getOrDefault(
                                            "tool_message", context.variables().getOrDefault("tool_name", "")));
        }
    }

    /** Blocks everything, and is told in a way of its own; says {@code $saying} if it is given. */
    public static final class Refusing extends EveryStage {

        @Override
        public String name() {
            return "refuse";
        }

        @Override
        public Refusal refusal() {
            return Refusal.answerUnknown().withException("RefusingRailException");
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            Verdict verdict = setup.parameter("saying")
                    .map(words -> Verdict.block("it always does", words))
                    .orElseGet(() -> Verdict.block("it always does"));
            return context -> verdict;
        }
    }

    /** Tells the conversation that it sees. */
    public static final class Reciting extends EveryStage {

        @Override
        public String name() {
            return "recite";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return context -> Verdict.allow()
                    .with(
                            "conversation",
                            context.messages().stream().map(Message::text).collect(Collectors.joining("|")));
        }
    }

    /** Lets everything pass after it has looked at {@code $what}. */
    public static final class Looking extends EveryStage {

        private static final Map<String, Function<RailContext, ?>> WHAT = Map.of(
                "text", RailContext::text,
                "user_text", RailContext::userText,
                "user_message", context -> context.variables().get("user_message"),
                "nothing", RailContext::stage,
                "messages", RailContext::messages,
                "variable", context -> context.variables().getOrDefault("tenant", ""),
                "chunks", RailContext::relevantChunks,
                "tools", RailContext::tools);

        @Override
        public String name() {
            return "look at";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            Function<RailContext, ?> what = WHAT.get(setup.parameter("what").orElseThrow());
            return context -> {
                what.apply(context);
                return Verdict.allow();
            };
        }
    }

    /** Reads images; blocks those whose URL says that they are forbidden. */
    public static final class Picturing extends EveryStage {

        @Override
        public String name() {
            return "look at pictures";
        }

        @Override
        public Set<String> readsParts() {
            return Set.of("image_url");
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return context -> {
                List<ContentPart> parts = context.parts();
                return parts.stream().anyMatch(part -> part.fields().toString().contains("forbidden"))
                        ? Verdict.block("a forbidden image")
                        : Verdict.allow()
                                .with(
                                        "parts",
                                        parts.stream().map(ContentPart::type).toList());
            };
        }
    }

    /** Tells what the main model was asked. */
    public static final class Recalling extends EveryStage {

        @Override
        public String name() {
            return "recall prompt";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return context -> Verdict.allow()
                    .with(
                            "prompt",
                            context.prompt().stream()
                                    .map(message -> message.role() + ": " + message.text())
                                    .toList())
                    .with("compat", setup.compat())
                    .with("flag", context.flag("wanted"));
        }
    }

    /** Throws. */
    public static final class Throwing extends EveryStage {

        @Override
        public String name() {
            return "throw";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return context -> {
                throw new IllegalStateException("the text was " + context.text());
            };
        }
    }

    /** Never decides. */
    public static final class Hanging extends EveryStage {

        @Override
        public String name() {
            return "hang";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            return context -> {
                new CountDownLatch(1).await();
                return Verdict.allow();
            };
        }
    }

    /** Decides nothing. */
    public static final class Undecided extends EveryStage {

        @Override
        public String name() {
            return "undecided";
        }

        @Override
        @SuppressWarnings("NullAway")
        public RailCheck configure(RailSetup setup) {
            return context -> null;
        }
    }

    /** Asks a model of type {@code judge}, else main. */
    public static final class Judging extends EveryStage {

        @Override
        public String name() {
            return "judge";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            Judge judge =
                    setup.judge(JudgeTask.of("judge_text", "judge", "main").withDefaultParser("is_content_safe"));
            return context ->
                    judge.judge(context, Map.of("text", context.text())).safe()
                            ? Verdict.allow()
                            : Verdict.block("judged unsafe");
        }
    }

    /** Posts the text to {@code rails.config.server.address}, and blocks what it calls bad. */
    public static final class Posting extends EveryStage {

        @Override
        public String name() {
            return "post";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            Settings settings = setup.settings("server");
            TlsOptions tls = new TlsOptions(
                    settings.flag("verified", true), Optional.empty(), Optional.empty(), Optional.empty());
            JsonEndpoint server = setup.endpoint(EndpointAddress.of("server", URI.create(settings.string("address")))
                    .ofModel("jailbreak_detection")
                    .withTls(tls));
            return context -> {
                Object answer = context.post(server, Map.of("text", context.text()));
                if (answer.equals("broken")) {
                    throw new JudgementException("the server is broken");
                }
                return answer.equals("bad") ? Verdict.block("the server calls it bad") : Verdict.allow();
            };
        }
    }

    /** Executes the action {@link Counting}. */
    public static final class Acting extends EveryStage {

        @Override
        public String name() {
            return "act";
        }

        @Override
        public RailCheck configure(RailSetup setup) {
            setup.action("count_letters");
            return context -> {
                Object letters = context.execute("count_letters", Map.of("text", context.text()));
                return letters.equals(0) ? Verdict.block("is empty") : Verdict.allow();
            };
        }
    }

    /** Counts letters. */
    public static final class Counting implements Action {

        @Override
        public String name() {
            return "count_letters";
        }

        @Override
        public Object execute(ActionContext context) {
            return context.parameters().get("text").toString().length();
        }
    }
}
