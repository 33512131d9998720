/** Puts values into the places of a text: `{0} of {1} lines`. A place without a value stays. */
export function putValues(text: string, ...values: readonly (string | number)[]): string {
  return text.replace(/\{(\d)\}/g, (place, index: string) => String(values[Number(index)] ?? place));
}
