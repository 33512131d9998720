import * as v from 'valibot';
import { nextId, type ActiveFault, type Undo } from './activeFault';
import { readFault, type FaultType } from './fault';

/** Which kind of undo a fault has: an entry with another one was not written by us. */
const kindOf: Readonly<Record<FaultType, Undo['kind']>> = {
  kill: 'start',
  stop: 'start',
  restart: 'start',
  start: 'nothing',
  freeze: 'resume',
  resume: 'nothing',
  pause: 'wait',
  sleep: 'wait',
  config: 'config',
  unwritable: 'dump',
  'disk-full': 'limit',
  failover: 'nothing',
  cut: 'rules',
  delay: 'rules',
  lossy: 'rules',
};

const process = v.object({
  pid: v.pipe(v.number(), v.integer(), v.minValue(2)),
  startTime: v.string(),
  executable: v.string(),
});
const values = v.record(v.string(), v.string());

const undo = v.variant('kind', [
  v.object({ kind: v.literal('start'), process }),
  v.object({ kind: v.literal('resume'), process }),
  v.object({ kind: v.literal('wait'), process, unpause: v.boolean() }),
  v.object({ kind: v.literal('config'), process, former: values, applied: values }),
  v.object({ kind: v.literal('dump'), dump: v.string() }),
  v.object({ kind: v.literal('limit'), process, bytes: v.optional(v.number()) }),
  v.object({ kind: v.literal('rules') }),
  v.object({ kind: v.literal('nothing') }),
]);

const entry = v.object({
  id: v.pipe(v.string(), v.regex(/^f[1-9]\d*$/)),
  fault: v.unknown(),
  since: v.number(),
  until: v.optional(v.number()),
  undo,
  owner: v.optional(v.object({ purpose: v.picklist(['drill', 'person']), process })),
});

/** The active faults of a journal's content. What cannot be understood is left out: it can belong to another version. */
export function readJournal(content: unknown): readonly ActiveFault[] {
  const list = v.safeParse(v.object({ faults: v.array(v.unknown()) }), content);
  if (!list.success) return [];
  return list.output.faults.flatMap(value => {
    const checked = v.safeParse(entry, value);
    if (!checked.success) return [];
    const read = readFault(checked.output.fault);
    if (!('fault' in read) || kindOf[read.fault.type] !== checked.output.undo.kind) return [];
    const { id, since, until, owner } = checked.output;
    return [{ id, fault: read.fault, since, until, undo: checked.output.undo as Undo, owner }];
  });
}

/** The content of a journal with these faults. */
export function journalOf(active: readonly ActiveFault[]): unknown {
  return { faults: active };
}

/** The list with a new fault at its end. */
export function withFault(
  active: readonly ActiveFault[],
  fault: Omit<ActiveFault, 'id'>,
): { readonly list: readonly ActiveFault[]; readonly added: ActiveFault } {
  const added = { id: nextId(active), ...fault };
  return { list: [...active, added], added };
}
