// The bare minimum that any client must do: decode, find the lines, parse the JSON, take the text. Ours is measured against it.

export async function readByLimit(body: ReadableStream<Uint8Array>): Promise<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let rest = '';
  let text = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text;
    rest += decoder.decode(value, { stream: true });
    let start = 0;
    for (let end = rest.indexOf('\n\n'); end >= 0; end = rest.indexOf('\n\n', start)) {
      const data = rest.slice(start + 6, end);
      start = end + 2;
      if (data === '[DONE]') continue;
      text +=
        (JSON.parse(data) as { choices: { delta: { content?: string } }[] }).choices[0]?.delta.content ?? '';
    }
    rest = rest.slice(start);
  }
}
