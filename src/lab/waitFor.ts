import { HumanError } from '../core/humanError';
import type { LabStore } from './labStore';

/**
 * Waits until `isDone`, looked at after every event, and at once. An error it throws ends the wait with that error; so does the
 * signal, and the time when it is over (`late` then says what was waited for).
 */
export async function waitFor(
  store: LabStore,
  isDone: () => boolean,
  limits: { readonly signal: AbortSignal; readonly milliseconds: number; readonly late: () => string },
): Promise<void> {
  limits.signal.throwIfAborted();
  if (isDone()) return;
  await new Promise<void>((resolve, reject) => {
    const end = (settle: () => void): void => {
      listening.dispose();
      clearTimeout(timer);
      limits.signal.removeEventListener('abort', onAbort);
      settle();
    };
    const onAbort = (): void => end(() => reject(limits.signal.reason as Error));
    const timer = setTimeout(() => end(() => reject(new HumanError(limits.late()))), limits.milliseconds);
    const listening = store.onDidDispatch(() => {
      try {
        if (isDone()) end(resolve);
      } catch (error) {
        end(() => reject(error));
      }
    });
    limits.signal.addEventListener('abort', onAbort);
  });
}
