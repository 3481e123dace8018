// The npm package "ai" with "@ai-sdk/openai-compatible" against the server at BASE_URL.
import assert from 'node:assert/strict';
import {test} from 'node:test';
import {createOpenAICompatible} from '@ai-sdk/openai-compatible';
import {APICallError, generateText, jsonSchema, stepCountIs, streamText, tool} from 'ai';

const provider = createOpenAICompatible({
  name: 'guardrails4j',
  baseURL: process.env.BASE_URL,
  includeUsage: true,
});

/** What goes to the server beside the prompt: options of the provider's name become fields of the body. */
function through(config, guardrails = {}) {
  return {
    model: provider('scripted-model'),
    maxRetries: 0,
    providerOptions: {guardrails4j: {guardrails: {config_id: config, ...guardrails}}},
  };
}

const weather = tool({
  description: 'The weather in a city',
  inputSchema: jsonSchema({type: 'object', properties: {city: {type: 'string'}}, required: ['city']}),
  execute: async ({city}) => `sunny in ${city}`,
});

test('chats', async () => {
  const answer = await generateText({...through('pass'), prompt: 'Hello!'});

  assert.equal(answer.text, 'Hi there!');
  assert.equal(answer.finishReason, 'stop');
  assert.equal(answer.usage.totalTokens, 12);
});

test('is told of a block', async () => {
  const answer = await generateText({...through('checked'), prompt: 'something evil'});

  assert.equal(answer.text, "I'm sorry, I can't respond to that.");
  assert.equal(answer.finishReason, 'content-filter');
});

test('streams', async () => {
  const answer = streamText({...through('streamed'), prompt: 'Hello!'});
  let shown = '';
  for await (const delta of answer.textStream) {
    shown += delta;
  }

  assert.equal(shown, 'Hi there!');
  assert.equal(await answer.finishReason, 'stop');
  assert.equal((await answer.usage).totalTokens, 12);
});

test('sees a stream fail when the answer is blocked', async () => {
  const answer = streamText({...through('streamed'), prompt: 'provoke', onError: () => {}});
  const errors = [];
  for await (const part of answer.fullStream) {
    if (part.type === 'error') {
      errors.push(JSON.stringify(part.error) + String(part.error));
    }
  }

  assert.equal(errors.length, 1);
  assert.match(errors[0], /Blocked by self check output rails/);
});

test('calls tools', async () => {
  const answer = await generateText({
    ...through('pass'),
    prompt: 'How is the weather in Rome?',
    tools: {weather},
    stopWhen: stepCountIs(3),
  });

  assert.equal(answer.text, 'It is sunny in Rome.');
  assert.equal(answer.steps[0].toolResults[0].output, 'sunny in Rome');
});

test('calls tools, streamed', async () => {
  const answer = streamText({
    ...through('pass'),
    prompt: 'How is the weather in Rome?',
    tools: {weather},
    stopWhen: stepCountIs(3),
  });
  await answer.consumeStream();

  assert.equal(await answer.text, 'It is sunny in Rome.');
  assert.deepEqual((await answer.steps)[0].toolCalls[0].input, {city: 'Rome'});
});

for (const streamed of [false, true]) {
  test(`goes on with a thread, ${streamed ? 'streamed' : 'at once'}`, async () => {
    const thread = {thread_id: `thread-of-node-ai-sdk-${streamed}`};
    const say = async (prompt) => streamed
        ? streamText({...through('pass', thread), prompt}).text
        : (await generateText({...through('pass', thread), prompt})).text;

    await say('My name is Ada.');

    assert.equal(await say('What is my name?'), 'Your name is Ada.');
  });
}

test('maps errors', async () => {
  await assert.rejects(generateText({...through('exceptions'), prompt: 'something evil'}), (error) => {
    assert.ok(APICallError.isInstance(error));
    assert.equal(error.statusCode, 400);
    assert.equal(error.data.error.code, 'content_blocked');
    return true;
  });
});
