// The npm package "openai" against the server at BASE_URL.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import OpenAI from 'openai';

const client = new OpenAI({baseURL: process.env.BASE_URL, apiKey: 'unused', maxRetries: 0});
const WEATHER = {
  type: 'function',
  function: {name: 'weather', parameters: {type: 'object', properties: {city: {type: 'string'}}, required: ['city']}},
};

function request(config, text, more = {}) {
  const {guardrails = {}, ...rest} = more;
  return {
    model: 'scripted-model',
    messages: [{role: 'user', content: text}],
    guardrails: {config_id: config, ...guardrails},
    ...rest,
  };
}

async function collect(stream) {
  const chunks = [];
  for await (const chunk of stream) {
    chunks.push(chunk);
  }
  return chunks;
}

const text = (chunks) => chunks.map((chunk) => chunk.choices[0]?.delta?.content ?? '').join('');

test('lists models', async () => {
  const models = await collect(await client.models.list());
  assert.deepEqual(models.map((model) => model.id), ['scripted-model']);
});

test('chats', async () => {
  const answer = await client.chat.completions.create(request('pass', 'Hello!'));

  assert.equal(answer.choices[0].message.content, 'Hi there!');
  assert.equal(answer.choices[0].finish_reason, 'stop');
  assert.equal(answer.usage.total_tokens, 12);
  assert.equal(answer.guardrails.config_id, 'pass');
});

test('is told of a block', async () => {
  const {data, response} =
      await client.chat.completions.create(request('checked', 'something evil')).withResponse();

  assert.equal(data.choices[0].message.content, "I'm sorry, I can't respond to that.");
  assert.equal(data.choices[0].finish_reason, 'content_filter');
  assert.equal(response.headers.get('x-guardrails-rail'), 'self check input');
});

test('is told of a block as an error', async () => {
  await assert.rejects(client.chat.completions.create(request('exceptions', 'something evil')), (error) => {
    assert.ok(error instanceof OpenAI.BadRequestError);
    assert.equal(error.code, 'content_blocked');
    assert.equal(error.type, 'guardrails_violation');
    assert.equal(error.param, 'self check input');
    return true;
  });
});

test('streams', async () => {
  const chunks = await collect(await client.chat.completions.create(
      request('pass', 'Hello!', {stream: true, stream_options: {include_usage: true}})));

  assert.equal(text(chunks), 'Hi there!');
  assert.equal(new Set(chunks.map((chunk) => chunk.id)).size, 1);
  assert.equal(chunks.at(-2).choices[0].finish_reason, 'stop');
  assert.equal(chunks.at(-1).usage.total_tokens, 12);
});

test('streams through its helper', async () => {
  const runner = client.chat.completions.stream(request('streamed', 'Hello!'));
  let shown = '';
  runner.on('content', (delta) => { shown += delta; });

  assert.equal(await runner.finalContent(), 'Hi there!');
  assert.equal(shown, 'Hi there!');
});

test('is refused in a stream when the question is blocked', async () => {
  const chunks = await collect(await client.chat.completions.create(
      request('streamed', 'something evil', {stream: true})));

  assert.equal(text(chunks), "I'm sorry, I can't respond to that.");
  assert.equal(chunks.at(-1).choices[0].finish_reason, 'content_filter');
});

test('sees a stream fail when the answer is blocked', async () => {
  const stream = await client.chat.completions.create(request('streamed', 'provoke', {stream: true}));

  await assert.rejects(collect(stream), (error) => {
    assert.equal(error.type, 'guardrails_violation');
    assert.equal(error.code, 'content_blocked');
    assert.equal(error.param, 'self check output');
    return true;
  });
});

for (const stream of [false, true]) {
  test(`calls tools, ${stream ? 'streamed' : 'at once'}`, async () => {
    const runner = client.chat.completions.runTools({
      ...request('pass', 'How is the weather in Rome?'),
      stream,
      tools: [{
        type: 'function',
        function: {...WEATHER.function, parse: JSON.parse, function: ({city}) => `sunny in ${city}`},
      }],
    });

    assert.equal(await runner.finalContent(), 'It is sunny in Rome.');
  });
}

test('has its tool calls checked', async () => {
  const answer = await client.chat.completions.create(
      request('tools', 'How is the weather in Rome?', {tools: [{...WEATHER, function: {name: 'weather',
        parameters: {type: 'object', properties: {city: {type: 'integer'}}}}}]}));

  assert.equal(answer.choices[0].finish_reason, 'content_filter');
  assert.equal(answer.choices[0].message.tool_calls, undefined);
});

for (const stream of [false, true]) {
  test(`goes on with a thread, ${stream ? 'streamed' : 'at once'}`, async () => {
    const guardrails = {thread_id: `thread-of-node-openai-${stream}`};
    const say = async (words) => {
      const answer = await client.chat.completions.create(request('pass', words, {stream, guardrails}));
      return stream ? text(await collect(answer)) : answer.choices[0].message.content;
    };

    await say('My name is Ada.');

    assert.equal(await say('What is my name?'), 'Your name is Ada.');
  });
}

test('maps errors', async () => {
  await assert.rejects(client.chat.completions.create(request('pass', 'be busy')), (error) => {
    assert.ok(error instanceof OpenAI.RateLimitError);
    assert.equal(error.code, 'rate_limit_exceeded');
    assert.equal(error.headers.get('retry-after'), '7');
    return true;
  });
  await assert.rejects(client.chat.completions.create({...request('pass', 'Hello!'), temperature: 'warm'}),
      OpenAI.UnprocessableEntityError);
  await assert.rejects(client.chat.completions.create(request('missing', 'Hello!')), OpenAI.BadRequestError);
});
