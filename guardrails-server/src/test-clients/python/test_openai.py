"""The Python package "openai" against the server at BASE_URL: the samples of the API's documentation."""

import asyncio
import json
import os
import unittest

import openai
from openai import AsyncOpenAI, OpenAI

REFUSAL = "I'm sorry, I can't respond to that."
WEATHER = {
    "type": "function",
    "function": {
        "name": "weather",
        "parameters": {"type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]},
    },
}


def request(config, text, **more):
    guardrails = {"config_id": config, **more.pop("guardrails", {})}
    return {
        "model": "scripted-model",
        "messages": [{"role": "user", "content": text}],
        "extra_body": {"guardrails": guardrails},
        **more,
    }


def text_of(chunks):
    return "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)


class ChatTest(unittest.TestCase):
    def setUp(self):
        self.client = OpenAI(base_url=os.environ["BASE_URL"], api_key="unused", max_retries=0)
        self.addCleanup(self.client.close)

    def create(self, *arguments, **more):
        return self.client.chat.completions.create(**request(*arguments, **more))

    def test_lists_models(self):
        self.assertEqual([model.id for model in self.client.models.list()], ["scripted-model"])

    def test_chats(self):
        answer = self.create("pass", "Hello!")

        self.assertEqual(answer.choices[0].message.content, "Hi there!")
        self.assertEqual(answer.choices[0].finish_reason, "stop")
        self.assertEqual(answer.usage.total_tokens, 12)
        self.assertEqual(answer.guardrails["config_id"], "pass")

    def test_chats_asynchronously(self):
        async def chat():
            async with AsyncOpenAI(base_url=os.environ["BASE_URL"], api_key="unused") as client:
                return await client.chat.completions.create(**request("pass", "Hello!"))

        self.assertEqual(asyncio.run(chat()).choices[0].message.content, "Hi there!")

    def test_is_told_of_a_block(self):
        raw = self.client.chat.completions.with_raw_response.create(**request("checked", "something evil"))
        answer = raw.parse()

        self.assertEqual(answer.choices[0].message.content, REFUSAL)
        self.assertEqual(answer.choices[0].finish_reason, "content_filter")
        self.assertEqual(raw.headers["X-Guardrails-Rail"], "self check input")

    def test_is_told_of_a_block_as_an_error(self):
        with self.assertRaises(openai.BadRequestError) as refused:
            self.create("exceptions", "something evil")

        self.assertEqual(refused.exception.code, "content_blocked")
        self.assertEqual(refused.exception.type, "guardrails_violation")
        self.assertEqual(refused.exception.param, "self check input")

    def test_is_shown_what_happened(self):
        answer = self.create(
            "checked", "Hello!", guardrails={"options": {"log": {"activated_rails": True, "llm_calls": True}}})

        log = answer.guardrails["log"]
        self.assertEqual(
            [rail["name"] for rail in log["activated_rails"]],
            ["self check input", "generate user intent", "self check output"])
        self.assertEqual(log["stats"]["llm_calls_count"], 3)

    def test_streams(self):
        chunks = list(self.create("pass", "Hello!", stream=True, stream_options={"include_usage": True}))

        self.assertEqual(text_of(chunks), "Hi there!")
        self.assertEqual(chunks[-2].choices[0].finish_reason, "stop")
        self.assertEqual(chunks[-1].usage.total_tokens, 12)

    def test_is_refused_in_a_stream_when_the_question_is_blocked(self):
        chunks = list(self.create("streamed", "something evil", stream=True))

        self.assertEqual(text_of(chunks), REFUSAL)
        self.assertEqual(chunks[-1].choices[0].finish_reason, "content_filter")

    def test_sees_a_stream_fail_when_the_answer_is_blocked(self):
        with self.assertRaises(openai.APIError) as violation:
            list(self.create("streamed", "provoke", stream=True))

        self.assertEqual(violation.exception.type, "guardrails_violation")
        self.assertEqual(violation.exception.code, "content_blocked")

    def test_calls_tools(self):
        messages = [{"role": "user", "content": "How is the weather in Rome?"}]
        asked = request("pass", "", tools=[WEATHER]) | {"messages": messages}
        message = self.client.chat.completions.create(**asked).choices[0].message
        call = message.tool_calls[0]
        self.assertEqual(json.loads(call.function.arguments), {"city": "Rome"})

        messages.append(message)
        messages.append({"role": "tool", "tool_call_id": call.id, "content": "sunny in Rome"})

        self.assertEqual(
            self.client.chat.completions.create(**asked).choices[0].message.content, "It is sunny in Rome.")

    def test_calls_tools_in_a_stream(self):
        with self.client.chat.completions.stream(
                **request("pass", "How is the weather in Rome?", tools=[WEATHER])) as stream:
            call = stream.get_final_completion().choices[0].message.tool_calls[0]

        self.assertEqual((call.id, call.function.name), ("call_1", "weather"))
        self.assertEqual(json.loads(call.function.arguments), {"city": "Rome"})

    def test_goes_on_with_a_thread(self):
        for stream in (False, True):
            with self.subTest(stream=stream):
                thread = {"thread_id": f"thread-of-python-openai-{stream}"}

                def say(words):
                    answer = self.create("pass", words, stream=stream, guardrails=thread)
                    return text_of(answer) if stream else answer.choices[0].message.content

                say("My name is Ada.")

                self.assertEqual(say("What is my name?"), "Your name is Ada.")

    def test_maps_errors(self):
        with self.assertRaises(openai.RateLimitError) as busy:
            self.create("pass", "be busy")
        self.assertEqual(busy.exception.code, "rate_limit_exceeded")
        self.assertEqual(busy.exception.response.headers["Retry-After"], "7")
        with self.assertRaises(openai.UnprocessableEntityError):
            self.create("pass", "Hello!", temperature="warm")
        with self.assertRaises(openai.BadRequestError):
            self.create("missing", "Hello!")


if __name__ == "__main__":
    unittest.main()
