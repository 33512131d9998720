import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LabState } from '../../../src/core/model/labState';
import { Emitter } from '../../../src/lab/emitter';
import { LabStore } from '../../../src/lab/labStore';
import { makeLab } from '../../support/labs';
import { startedStory } from '../../support/labStory';

const lab = makeLab();
const { events, state } = startedStory(lab);

describe('LabStore', () => {
  let store: LabStore;
  let changes: LabState[];
  beforeEach(() => {
    store = new LabStore(lab);
    changes = [];
    store.onDidChange(changed => changes.push(changed));
  });
  afterEach(() => store.dispose());

  it('has the new state at once and tells of many changes as one', async () => {
    for (const event of events) store.dispatch(event);
    assert.deepEqual(store.state, state);
    assert.equal(changes.length, 0);
    await sleep(60);
    assert.equal(changes.length, 1);
    assert.equal(changes[0], store.state);
  });

  it('tells of later changes again', async () => {
    store.dispatch(events[0]!);
    await sleep(60);
    store.dispatch(events[1]!);
    await sleep(60);
    assert.equal(changes.length, 2);
  });

  it('tells of every event at once, after it has taken effect', () => {
    const heard: unknown[] = [];
    store.onDidDispatch(event => heard.push([event, store.state]));
    store.dispatch(events[0]!);
    assert.deepEqual(heard, [[events[0], store.state]]);
    assert.notEqual(store.state.nodes, undefined);
  });

  it('tells of no change where there was none', async () => {
    store.dispatch({ type: 'requested', node: 'no such node', what: 'start' });
    await sleep(60);
    assert.deepEqual(changes, []);
  });

  it('is silent once it is disposed, and leaves no timer', async () => {
    store.dispatch(events[0]!);
    store.dispose();
    await sleep(60);
    assert.deepEqual(changes, []);
  });
});

describe('Emitter', () => {
  it('tells listeners in their order, and not those that left, even in between', () => {
    const emitter = new Emitter<number>();
    const heard: string[] = [];
    emitter.event(value => heard.push(`a${value}`));
    const second = emitter.event(value => heard.push(`b${value}`));
    emitter.fire(1);
    second.dispose();
    emitter.fire(2);
    assert.deepEqual(heard, ['a1', 'b1', 'a2']);
  });

  it('lets no listener keep the others from hearing', () => {
    const errors: unknown[] = [];
    const emitter = new Emitter<number>(error => errors.push(error));
    const heard: number[] = [];
    emitter.event(() => {
      throw new Error('mine');
    });
    emitter.event(value => heard.push(value));
    emitter.fire(1);
    assert.deepEqual(heard, [1]);
    assert.equal(String(errors[0]), 'Error: mine');
  });
});
