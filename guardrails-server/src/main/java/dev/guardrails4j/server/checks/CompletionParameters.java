package dev.guardrails4j.server.checks;

import dev.guardrails4j.server.wire.Field;
import dev.guardrails4j.server.wire.PlainValues;
import dev.guardrails4j.server.wire.Scalars;
import dev.guardrails4j.server.wire.StrictNumbers;
import dev.guardrails4j.server.wire.Union;
import dev.guardrails4j.server.wire.Union.Alternative;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a request to the guardrail microservice may want of a model, contract "checks" 3.1: the OpenAI API's parameters and
 * some of NVIDIA's, strictly checked. What is not known is passed over.
 */
final class CompletionParameters {

    private static final Union STOP =
            Union.of(new Alternative("str", Field::string), new Alternative("list[str]", field -> field.strings()));
    private static final Union TEXT_OR_OBJECT = Union.of(
            new Alternative("str", Field::string), new Alternative("dict[str,any]", field -> field.isObject()));

    private static final Map<String, Consumer<Field>> CHECKS = checks();

    /** What is read elsewhere, or tells how the microservice is to answer and not the model. */
    private static final Set<String> OURS = Set.of(
            "model",
            "messages",
            "prompt",
            "guardrails",
            "stream",
            "stream_options",
            "vision",
            "n",
            "best_of",
            "echo",
            "suffix");

    private CompletionParameters() {}

    private static Map<String, Consumer<Field>> checks() {
        Map<String, Consumer<Field>> checks = new LinkedHashMap<>();
        checks.put("temperature", field -> StrictNumbers.number(field, 0, 2));
        checks.put("top_p", field -> StrictNumbers.number(field, 0, 1));
        for (String count : new String[] {"max_tokens", "max_completion_tokens", "n", "best_of"}) {
            checks.put(count, field -> StrictNumbers.integer(field, 1, Integer.MAX_VALUE));
        }
        checks.put("frequency_penalty", field -> StrictNumbers.number(field, -2, 2));
        checks.put("presence_penalty", field -> StrictNumbers.number(field, -2, 2));
        checks.put("top_logprobs", field -> StrictNumbers.integer(field, 0, 20));
        checks.put("logprobs", CompletionParameters::strictFlag);
        checks.put("stream", Scalars::flag);
        checks.put("stop", STOP::check);
        checks.put("seed", field -> StrictNumbers.integer(field, Long.MIN_VALUE, Long.MAX_VALUE));
        checks.put("user", Field::string);
        checks.put("logit_bias", field -> members(field, member -> StrictNumbers.number(member, -100, 100)));
        checks.put("stream_options", field -> members(field, Scalars::flag));
        checks.put("response_format", Field::isObject);
        checks.put("tools", field -> {
            if (field.isList()) {
                field.items().forEach(Field::isObject);
            }
        });
        checks.put("tool_choice", TEXT_OR_OBJECT::check);
        checks.put("function_call", TEXT_OR_OBJECT::check);
        checks.put("ignore_eos", Scalars::flag);
        checks.put("reasoning_effort", Field::string);
        checks.put("vision", Scalars::flag);
        return checks;
    }

    /** Records what is wrong with the parameters of a body. */
    static void check(Field body) {
        CHECKS.forEach((name, check) -> {
            Field parameter = body.at(name);
            if (parameter.isGiven()) {
                check.accept(parameter);
            }
        });
    }

    /** What is passed on to a model, known or not. */
    static Map<String, Object> forwarded(Field body) {
        return PlainValues.ofOthers(body.node(), OURS);
    }

    private static void strictFlag(Field field) {
        if (!field.node().isBoolean()) {
            field.reject("Input should be a valid boolean");
        }
    }

    private static void members(Field object, Consumer<Field> check) {
        if (object.isObject()) {
            object.node().fieldNames().forEachRemaining(name -> check.accept(object.at(name)));
        }
    }
}
