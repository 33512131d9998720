/** What a text says as JSON; undefined for what is none. Who reads it checks what it is. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
