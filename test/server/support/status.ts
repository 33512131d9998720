import assert from 'node:assert/strict';

/** What `status --json` promises for a node (docs/CLI.md). */
export interface NodeStatus {
  readonly name: string;
  readonly kind: 'server' | 'sentinel';
  readonly port: number;
  readonly pid: number | null;
  readonly state: 'stopped' | 'starting' | 'running' | 'frozen' | 'crashed' | 'unmanaged';
  readonly role: 'master' | 'replica' | 'sentinel' | null;
  readonly masterAddress: string | null;
  readonly linkStatus: 'up' | 'down' | null;
  readonly offset: number | null;
  readonly lag: number | null;
  readonly version: string | null;
  readonly runId: string | null;
  readonly view: SentinelView | null;
}

export interface SentinelView {
  readonly masterAddress: string;
  readonly sdown: boolean;
  readonly odown: boolean;
  readonly epoch: number;
  readonly knownSentinels: number;
  readonly knownReplicas: number;
  readonly quorumOk: boolean;
}

export interface LabStatus {
  readonly name: string;
  readonly masterName: string;
  readonly ready: boolean;
  readonly notReady: readonly string[];
  readonly nodes: readonly NodeStatus[];
  readonly faults: readonly FaultStatus[];
}

/** What is on of what was broken on purpose. */
export interface FaultStatus {
  readonly id: string;
  readonly type: string;
  readonly nodes: readonly string[];
  readonly text: string;
  readonly since: string;
  readonly until: string | null;
}

type Check = (value: unknown) => boolean;
const isText: Check = value => typeof value === 'string' && value !== '';
const isBoolean: Check = value => typeof value === 'boolean';
const isTime: Check = value => typeof value === 'string' && !Number.isNaN(Date.parse(value));
const isCount: Check = value => Number.isInteger(value) && Number(value) >= 0;
const oneOf =
  (...values: readonly unknown[]): Check =>
  value =>
    values.includes(value);
const orNull =
  (check: Check): Check =>
  value =>
    value === null || check(value);

const viewShape: Readonly<Record<keyof SentinelView, Check>> = {
  masterAddress: isText,
  sdown: isBoolean,
  odown: isBoolean,
  epoch: isCount,
  knownSentinels: isCount,
  knownReplicas: isCount,
  quorumOk: isBoolean,
};
const nodeShape: Readonly<Record<keyof NodeStatus, Check>> = {
  name: isText,
  kind: oneOf('server', 'sentinel'),
  port: isCount,
  pid: orNull(isCount),
  state: oneOf('stopped', 'starting', 'running', 'frozen', 'crashed', 'unmanaged'),
  role: oneOf('master', 'replica', 'sentinel', null),
  masterAddress: orNull(value => isText(value) && /^127\.0\.0\.1:\d+$/.test(String(value))),
  linkStatus: oneOf('up', 'down', null),
  offset: orNull(isCount),
  lag: orNull(isCount),
  version: orNull(isText),
  runId: orNull(value => /^[0-9a-f]{40}$/.test(String(value))),
  view: orNull(value => fits(value, viewShape)),
};
const faultShape: Readonly<Record<keyof FaultStatus, Check>> = {
  id: value => /^f\d+$/.test(String(value)),
  type: isText,
  nodes: value => Array.isArray(value) && value.every(isText),
  text: isText,
  since: isTime,
  until: orNull(isTime),
};
const labShape: Readonly<Record<keyof LabStatus, Check>> = {
  name: isText,
  masterName: isText,
  ready: isBoolean,
  notReady: value => Array.isArray(value) && value.every(isText),
  nodes: value => Array.isArray(value) && value.every(node => fits(node, nodeShape)),
  faults: value => Array.isArray(value) && value.every(fault => fits(fault, faultShape)),
};

/** Every promised field is there and has a promised value. Further fields are allowed: the contract says so. */
function fits(value: unknown, shape: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  for (const [name, check] of Object.entries(shape)) {
    const field = (value as Record<string, unknown>)[name];
    assert.ok(check(field), `"${name}" is ${JSON.stringify(field)} in ${JSON.stringify(value)}`);
  }
  return true;
}

/** Reads the output of `status --json` and checks it against the contract. */
export function readStatus(stdout: string): LabStatus {
  const value: unknown = JSON.parse(stdout);
  assert.ok(fits(value, labShape));
  const status = value as LabStatus;
  assert.equal(status.ready, status.notReady.length === 0);
  return status;
}
