import { applied, type AppliedFaults } from './appliedFaults';
import type { SeenLine } from '../../src/core/drill/seenLine';
import type { Lab } from '../../src/core/model/lab';
import type { ProbeEvent } from '../../src/core/probe/probeEvent';
import type { ProbeRecord } from '../../src/core/probe/probeRecord';
import { verifyLedger } from '../../src/core/probe/verifyLedger';
import type { DrillPorts } from '../../src/lab/drill/drillPorts';
import { Emitter } from '../../src/lab/emitter';
import { LabSession } from '../../src/lab/labSession';
import { FakeLab } from './fakeLab';

/** The outside of a drill without processes: it writes down what was asked of it, in which order, and tells what a test wants told. */
export class FakeDrill {
  readonly calls: string[] = [];
  readonly fake: FakeLab;
  readonly session: LabSession;
  readonly faults: AppliedFaults;
  /** What the probe gives when it is stopped. */
  probeRecord: ProbeRecord;
  private readonly seen: SeenLine[] = [];
  private readonly told = new Emitter<void>();
  private readonly probeEvents = new Emitter<ProbeEvent>();

  constructor(lab: Lab, probeRecord: ProbeRecord) {
    this.fake = new FakeLab(lab);
    this.session = new LabSession('/lab', lab, this.fake);
    this.faults = applied(this.calls);
    this.probeRecord = probeRecord;
  }

  /** All nodes run. */
  async start(): Promise<void> {
    for (const node of this.fake.lab.nodes) await this.fake.start(node);
    this.fake.calls.length = 0;
    await this.session.refresh();
  }

  /** A node logs something. */
  log(node: string, facts: Partial<SeenLine>): void {
    this.seen.push({
      node,
      kind: 'sentinel',
      file: `/lab/log/${node}.log`,
      line: this.seen.length + 1,
      at: Date.now(),
      id: '',
      event: undefined,
      about: undefined,
      to: undefined,
      text: '',
      ...facts,
    });
    this.told.fire();
  }

  tellProbe(event: ProbeEvent): void {
    this.probeEvents.fire(event);
  }

  get ports(): DrillPorts {
    const note = (call: string): void => void this.calls.push(call);
    return {
      session: this.session,
      faults: this.faults,
      owner: { purpose: 'drill', process: { pid: 1, startTime: '1', executable: 'node' } },
      logs: {
        lines: this.seen,
        onLines: this.told.event,
        start: async () => note('follow logs'),
        catchUp: async () => {},
        dispose: () => note('leave logs'),
      },
      keys: {
        write: async (master, first, count) =>
          note(`write ${first} to ${first + count - 1} at ${master.port}`),
        count: async (_, last) => last,
        remove: async (_, last) => note(`remove ${last} keys`),
      },
      readyFacts: async () => ({}),
      startProbe: async (spec, master) => {
        note(`probe ${spec.clients.join(' ')} on ${master}`);
        setTimeout(() => {
          for (const client of spec.clients)
            this.tellProbe({ type: 'writing', client, at: 0, afterMs: undefined });
        }, 1);
        return {
          onEvent: this.probeEvents.event,
          stop: async () => {
            note('stop probe');
            return this.probeRecord;
          },
          kill: () => note('kill probe'),
        };
      },
      verify: async (master, record, promotions) => {
        note(`verify on ${master.port}`);
        return verifyLedger(record, new Map(), promotions);
      },
      removeProbeKeys: async () => note('remove probe keys'),
      now: () => Date.now(),
      zoneMs: () => 0,
    };
  }
}
