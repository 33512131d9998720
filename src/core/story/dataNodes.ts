import { isoText } from '../log/lineTime';
import type { LineTime } from '../log/logLine';
import type { RoleSpan } from './roles';
import type { WatchMark } from './watchedNodes';

/** A time in which a node did not answer, as the Sentinels saw it; `to` is null while it lasts. */
export interface DownSpan {
  readonly from: string | null;
  readonly to: string | null;
}

/** A data node over all files: what it was and when it was down. */
export interface DataNode {
  readonly address: string;
  /** Its own log, where that was given; then the roles are from there, else from what Sentinels say. */
  readonly file: string | null;
  readonly roles: readonly RoleSpan[];
  readonly down: readonly DownSpan[];
}

/** What one file knows of data nodes: of its own, or, a Sentinel's, of those it watches. */
export interface DataNodeSource {
  readonly file: string;
  readonly address: string | undefined;
  readonly isServer: boolean;
  readonly roles: readonly RoleSpan[];
  readonly marks: readonly WatchMark[];
}

/** All data nodes that the files speak of, by address. */
export function dataNodesOf(sources: readonly DataNodeSource[]): readonly DataNode[] {
  const marks = marksByAddress(sources);
  const own = new Map(
    sources.flatMap(source =>
      source.isServer && source.address !== undefined ? [[source.address, source] as const] : [],
    ),
  );
  return [...new Set([...own.keys(), ...marks.keys()])].toSorted(byAddress).map(address => {
    const said = marks.get(address) ?? [];
    const source = own.get(address);
    const roles = source && source.roles.length > 0 ? source.roles : rolesIn(said);
    return { address, file: source?.file ?? null, roles, down: downIn(said) };
  });
}

function marksByAddress(sources: readonly DataNodeSource[]): ReadonlyMap<string, readonly WatchMark[]> {
  const marks = new Map<string, WatchMark[]>();
  for (const mark of sources.flatMap(source => source.marks).toSorted((a, b) => a.at - b.at)) {
    const known = marks.get(mark.address);
    if (known) known.push(mark);
    else marks.set(mark.address, [mark]);
  }
  return marks;
}

/** Several Sentinels say the same one after the other: the first one counts. */
function rolesIn(marks: readonly WatchMark[]): readonly RoleSpan[] {
  const spans: { role: 'master' | 'replica'; from: string | null; to: string | null; line: number }[] = [];
  for (const { says, line, time } of marks) {
    const last = spans.at(-1);
    if ((says !== 'master' && says !== 'replica') || last?.role === says) continue;
    if (last) last.to = text(time);
    spans.push({ role: says, from: text(time), to: null, line });
  }
  return spans;
}

function downIn(marks: readonly WatchMark[]): readonly DownSpan[] {
  const spans: { from: string | null; to: string | null }[] = [];
  let isDown = false;
  for (const { says, time } of marks) {
    const last = spans.at(-1);
    if (says === 'down' && !isDown) {
      spans.push({ from: text(time), to: null });
      isDown = true;
    } else if (says === 'up' && isDown && last) {
      last.to = text(time);
      isDown = false;
    }
  }
  return spans;
}

function text(time: LineTime | undefined): string | null {
  return time ? isoText(time) : null;
}

/** By host, then by port as a number. */
function byAddress(a: string, b: string): number {
  const [hostA, portA] = parts(a);
  const [hostB, portB] = parts(b);
  return hostA === hostB ? portA - portB : hostA < hostB ? -1 : 1;
}

function parts(address: string): readonly [string, number] {
  const colon = address.lastIndexOf(':');
  return [address.slice(0, colon), Number(address.slice(colon + 1))];
}
