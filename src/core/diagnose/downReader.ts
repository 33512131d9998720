import { addressText, type Fact } from './fact';
import { Occurrences } from './occurrences';

/** A time in which one Sentinel thought that an instance is down (SDOWN). */
export interface DownTime {
  readonly down: Fact;
  /** Others agreed (ODOWN). Only masters. */
  odown: Fact | undefined;
  /** The instance answered again. */
  up: Fact | undefined;
  /** It came back as another process. */
  rebooted: Fact | undefined;
  /** What ended it without the instance coming back: the failover, a reset, a new start of the Sentinel. */
  gone: Fact | undefined;
}

/** Follows what one Sentinel thinks of its instances. */
export class DownReader {
  /** By `type address`: `master 127.0.0.1:6379`. */
  readonly times = new Map<string, Occurrences<DownTime>>();
  private readonly open = new Map<string, DownTime>();

  read(fact: Fact): void {
    const { event, instance } = fact;
    if (event === undefined) {
      if (fact.id === 'sentinel-id') this.endAll(fact);
      return;
    }
    if (event === '+switch-master') {
      this.endAll(
        fact,
        key => key === `master ${String(fact.args['oldIp'])}:${String(fact.args['oldPort'])}`,
      );
      // The table of replicas is made anew (sentinel.c, `sentinelResetMasterAndChangeAddress`).
      this.endAll(fact, key => key.startsWith('slave '));
      return;
    }
    if (event === '+reset-master' || event === '-monitor') {
      this.endAll(fact);
      return;
    }
    if (!instance) return;
    const key = `${instance.type} ${addressText(instance)}`;
    const time = this.open.get(key);
    if (event === '+sdown') this.begin(key, fact);
    else if (event === '-sdown' && time) {
      time.up = fact;
      this.open.delete(key);
    } else if (event === '+odown' && time) time.odown = fact;
    else if (event === '+reboot' && time) time.rebooted = fact;
    else if (event === '+reboot') {
      const last = this.times.get(key)?.all.at(-1);
      if (last?.up && fact.at - last.up.at < 15_000) last.rebooted = fact;
    }
  }

  private begin(key: string, fact: Fact): void {
    const time: DownTime = {
      down: fact,
      odown: undefined,
      up: undefined,
      rebooted: undefined,
      gone: undefined,
    };
    this.open.set(key, time);
    let known = this.times.get(key);
    if (!known) {
      if (this.times.size >= mostInstances) return;
      known = new Occurrences();
      this.times.set(key, known);
    }
    known.add(time);
  }

  private endAll(fact: Fact, fits: (key: string) => boolean = () => true): void {
    for (const [key, time] of this.open)
      if (fits(key)) {
        time.gone = fact;
        this.open.delete(key);
      }
  }
}

/** Ghosts and address flaps can name thousands. */
const mostInstances = 500;
