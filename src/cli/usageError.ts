/** The person used the program wrongly: exit code 2. The message says what is wrong and what to type. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
