#!/usr/bin/env bash
# curl against the server at BASE_URL.
set -euo pipefail

# ask CONFIG TEXT [MORE]: MORE is JSON that follows in the body.
ask() {
  curl -sSN --max-time 60 "$BASE_URL/chat/completions" -H 'Content-Type: application/json' -d "{
    \"model\": \"scripted-model\",
    \"messages\": [{\"role\": \"user\", \"content\": \"$2\"}],
    \"guardrails\": {\"config_id\": \"$1\"${3:+, $3}}${4:+, $4}}"
}

# expect NAME PATTERN ANSWER
expect() {
  if grep -Eq -- "$2" <<<"$3"; then
    echo "ok: $1"
  else
    printf 'FAILED: %s: expected %s in\n%s\n' "$1" "$2" "$3"
    exit 1
  fi
}

WEATHER='"tools": [{"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}}}]'
STREAM='"stream": true'

# content STREAM: the text of its chunks.
content() {
  grep -o '"content":"[^"]*"' <<<"$1" | sed 's/^"content":"//; s/"$//' | tr -d '\n'
}

expect 'chats' '"content":"Hi there!"' "$(ask pass 'Hello!')"
expect 'is refused' '"finish_reason":"content_filter"' "$(ask checked 'something evil')"

answer=$(ask pass 'Hello!' '' "$STREAM")
expect 'streams' '^Hi there!$' "$(content "$answer")"
expect 'sees the end of a stream' '^data: \[DONE\]$' "$answer"
answer=$(ask streamed 'provoke' '' "$STREAM")
expect 'sees a stream fail' '"type":"guardrails_violation"' "$answer"
expect 'sees the end of a stream that failed' '^data: \[DONE\]$' "$answer"

expect 'calls tools' '"tool_calls":\[\{"id":"call_1"' "$(ask pass 'How is the weather?' '' "$WEATHER")"
expect 'calls tools in a stream' '"tool_calls":\[\{"index":0,"id":"call_1"' \
  "$(ask pass 'How is the weather?' '' "$WEATHER, $STREAM")"

THREAD='"thread_id": "thread-of-curl-00"'
ask pass 'My name is Ada.' "$THREAD" >/dev/null
expect 'goes on with a thread' 'Your name is Ada\.' "$(ask pass 'What is my name?' "$THREAD")"
answer=$(ask pass 'What is my name?' "$THREAD" "$STREAM")
expect 'goes on with a thread in a stream' '^Your name is Ada\.$' "$(content "$answer")"

status=$(curl -s -o /dev/null -w '%{http_code}' "$BASE_URL/chat/completions" \
  -H 'Content-Type: application/json' -d '{"model": ')
expect 'is told of broken JSON' '^422$' "$status"
