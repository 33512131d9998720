import type { ErrorClass } from '../../core/probe/errorClass';
import type { ProbeClientName } from '../../core/probe/probeConfig';
import type { ProbeEvent } from '../../core/probe/probeEvent';
import { Emitter, type Disposable } from '../emitter';
import type { RunningProbe } from './drillPorts';

/** What a running probe has told so far, for those who wait for it. */
export class ProbeWatch implements Disposable {
  private readonly changed = new Emitter<void>();
  private readonly writing = new Map<ProbeClientName, boolean>();
  private readonly met = new Map<ProbeClientName, Set<ErrorClass>>();
  private readonly listening: Disposable;

  constructor(readonly probe: RunningProbe) {
    this.listening = probe.onEvent(event => this.take(event));
  }

  readonly onChange = this.changed.event;

  /** Whether its last write that was told of was acknowledged. */
  isWriting(client: ProbeClientName): boolean {
    return this.writing.get(client) ?? false;
  }

  /** Whether it has met this error. */
  hasMet(client: ProbeClientName, error: ErrorClass): boolean {
    return this.met.get(client)?.has(error) ?? false;
  }

  private take(event: ProbeEvent): void {
    switch (event.type) {
      case 'writing':
        this.writing.set(event.client, true);
        break;
      case 'failing': {
        this.writing.set(event.client, false);
        const errors = this.met.get(event.client) ?? new Set();
        this.met.set(event.client, errors.add(event.error));
        break;
      }
      case 'progress':
        // What never failed tells nothing but how much it wrote.
        for (const { client, acknowledged } of event.clients)
          if (acknowledged > 0 && !this.writing.has(client)) this.writing.set(client, true);
        break;
      default:
        return;
    }
    this.changed.fire();
  }

  dispose(): void {
    this.listening.dispose();
    this.changed.dispose();
  }
}
