import assert from 'node:assert/strict';
import { HumanError } from '../../../src/core/humanError';
import { LabStore } from '../../../src/lab/labStore';
import { waitFor } from '../../../src/lab/waitFor';
import { makeLab } from '../../support/labs';

const lab = makeLab();

describe('waitFor', () => {
  let store: LabStore;
  let looks: number;
  const someEvent = (): void => store.dispatch({ type: 'requested', node: 'redis-6379', what: 'start' });
  const limits = (
    changes: { signal?: AbortSignal; milliseconds?: number } = {},
  ): Parameters<typeof waitFor>[2] => ({
    signal: new AbortController().signal,
    milliseconds: 5_000,
    late: () => `late after ${looks} looks`,
    ...changes,
  });
  beforeEach(() => {
    store = new LabStore(lab);
    looks = 0;
  });
  afterEach(() => store.dispose());

  /** Done at the n-th look. */
  const atLook = (last: number) => (): boolean => ++looks >= last;

  it('ends at once where it is done already', async () => {
    await waitFor(store, atLook(1), limits());
    assert.equal(looks, 1);
  });

  it('looks after every event, and no more once it is done', async () => {
    const waiting = waitFor(store, atLook(3), limits());
    someEvent();
    assert.equal(looks, 2);
    someEvent();
    await waiting;
    someEvent();
    assert.equal(looks, 3);
  });

  it('ends with an error for people when the time is over, and looks no more', async () => {
    const waiting = waitFor(store, atLook(9), limits({ milliseconds: 20 }));
    await assert.rejects(
      waiting,
      (error: unknown) => error instanceof HumanError && error.message === 'late after 1 looks',
    );
    someEvent();
    assert.equal(looks, 1);
  });

  it('ends with the reason of the signal', async () => {
    const cancel = new AbortController();
    const reason = new Error('cancelled');
    const waiting = waitFor(store, atLook(9), limits({ signal: cancel.signal }));
    cancel.abort(reason);
    await assert.rejects(waiting, reason);
    someEvent();
    assert.equal(looks, 1);
  });

  it('does not begin where the signal came before', async () => {
    const reason = new Error('too late');
    await assert.rejects(waitFor(store, atLook(1), limits({ signal: AbortSignal.abort(reason) })), reason);
    assert.equal(looks, 0);
  });

  it('ends with what the look throws, at once or later', async () => {
    const crash = new Error('crashed');
    const atOnce = waitFor(store, () => assert.fail(crash), limits());
    await assert.rejects(atOnce, crash);
    const later = waitFor(
      store,
      () => {
        if (++looks === 2) throw crash;
        return false;
      },
      limits(),
    );
    someEvent();
    await assert.rejects(later, crash);
  });
});
