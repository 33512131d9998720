import type { LineTime } from '../log/logLine';
import type { StoryLine } from './storyLine';

/** What a Sentinel's log says of a data node at one moment. */
export interface WatchMark {
  readonly address: string;
  readonly says: 'master' | 'replica' | 'down' | 'up';
  readonly line: number;
  readonly at: number;
  readonly time: LineTime | undefined;
}

/** Follows the data nodes through one Sentinel's log: which one is the master, which ones are replicas, and when one is down. */
export class WatchReader {
  private readonly marks: WatchMark[] = [];
  private readonly roles = new Map<string, 'master' | 'replica'>();
  private readonly down = new Set<string>();

  read(line: StoryLine): void {
    const { event, instance, args } = line.said;
    if (event === undefined) return;
    if (event === '+switch-master') {
      this.setRole(`${String(args['oldIp'])}:${String(args['oldPort'])}`, 'replica', line);
      this.setRole(`${String(args['newIp'])}:${String(args['newPort'])}`, 'master', line);
      return;
    }
    if (!instance || instance.type === 'sentinel') return;
    const address = `${instance.ip}:${instance.port}`;
    if (!this.roles.has(address))
      this.setRole(address, instance.type === 'master' ? 'master' : 'replica', line);
    switch (event) {
      case '+monitor':
        this.setRole(address, 'master', line);
        return;
      case '+slave':
        this.setRole(address, 'replica', line);
        return;
      case '+sdown':
        if (!this.down.has(address)) this.mark(address, 'down', line);
        this.down.add(address);
        return;
      case '-sdown':
        if (this.down.delete(address)) this.mark(address, 'up', line);
        return;
      default:
    }
  }

  finish(): readonly WatchMark[] {
    return this.marks;
  }

  private setRole(address: string, role: 'master' | 'replica', line: StoryLine): void {
    if (this.roles.get(address) === role) return;
    this.roles.set(address, role);
    this.mark(address, role, line);
  }

  private mark(address: string, says: WatchMark['says'], { line, at, time }: StoryLine): void {
    this.marks.push({ address, says, line, at, time });
  }
}
