import type { Disposable } from '../emitter';

/** Something that tells when it is worth looking again. */
export type Tells = (listener: () => void) => Disposable;

/** Also where nobody tells anything: some conditions come true by time alone, in milliseconds. */
const lookAgain = 250;

/**
 * Waits until `isDone`, looked at whenever one of `sources` tells something, and now and then; false when the time was over first. An
 * error it throws, and the signal, end the wait with that error.
 */
export async function waitUntil(
  isDone: () => boolean,
  {
    sources,
    milliseconds,
    signal,
  }: { readonly sources: readonly Tells[]; readonly milliseconds: number; readonly signal: AbortSignal },
): Promise<boolean> {
  signal.throwIfAborted();
  if (isDone()) return true;
  return new Promise<boolean>((resolve, reject) => {
    const end = (settle: () => void): void => {
      for (const listening of listenings) listening.dispose();
      clearTimeout(timer);
      clearInterval(looking);
      signal.removeEventListener('abort', onAbort);
      settle();
    };
    const look = (): void => {
      try {
        if (isDone()) end(() => resolve(true));
      } catch (error) {
        end(() => reject(error));
      }
    };
    const onAbort = (): void => end(() => reject(signal.reason as Error));
    const timer = setTimeout(() => end(() => resolve(false)), milliseconds);
    const looking = setInterval(look, lookAgain);
    const listenings = sources.map(tells => tells(look));
    signal.addEventListener('abort', onAbort);
  });
}
